package io.miniplane.simulator.pay;

import io.miniplane.simulator.world.PaidOrder;
import io.miniplane.simulator.world.PaidOrders.Sale;
import io.miniplane.simulator.world.RandomText;
import io.miniplane.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The orders that merchants asked to be paid for, and their refunds. */
final class Trades {

    private static final Duration PREPAY_LIFE = Duration.ofHours(2);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration REFUNDABLE = Duration.ofDays(365);
    private static final Duration BETWEEN_REFUNDS = Duration.ofMinutes(1);
    private static final int MOST_REFUNDS = 50;

    private final World world;
    private final Map<Numbered, Trade> trades = new LinkedHashMap<>();
    private final Map<String, Issue> prepayIds = new HashMap<>();
    private final Map<Numbered, Numbered> transactions = new HashMap<>();
    private final Map<Numbered, Numbered> refunds = new HashMap<>();
    private @Nullable Long balance;

    Trades(World world) {
        this.world = world;
    }

    /** A number that is unique to a merchant. */
    private record Numbered(String merchantId, String text) {}

    private record Issue(Numbered trade, Instant at) {}

    /** A refund and what it is of. */
    record Refunded(Trade trade, Refund refund) {}

    /** A fresh prepay_id, also for an order that was asked for before in the same words. */
    synchronized String prepay(Prepay asked) {
        Numbered number = new Numbered(asked.merchantId(), asked.outTradeNo());
        Instant now = world.clock().instant();
        String id = "wx" + RandomText.digits(14) + RandomText.hexWord() + RandomText.hexWord() + "0000";
        Trade known = trades.get(number);
        if (known != null) {
            requireOpen(known);
            if (!known.prepay().equals(asked)) {
                throw new PayRefusal(
                        PayCode.OUT_TRADE_NO_USED, "The out_trade_no was used before with other parameters");
            }
        }
        trades.put(number, known == null ? Trade.asked(asked, id, now) : known.askedAgain(id));
        prepayIds.put(id, new Issue(number, now));
        return id;
    }

    private static void requireOpen(Trade trade) {
        if (trade.state() == TradeState.CLOSED || trade.state() == TradeState.REVOKED) {
            throw new PayRefusal(PayCode.ORDER_CLOSED, "The order is closed");
        }
        if (trade.state().isPaid()) {
            throw new PayRefusal(PayCode.INVALID_REQUEST, "The order is paid already");
        }
    }

    synchronized Optional<Trade> find(String merchantId, String outTradeNo) {
        return Optional.ofNullable(trades.get(new Numbered(merchantId, outTradeNo)));
    }

    synchronized Optional<Trade> ofTransaction(String merchantId, String transactionId) {
        return Optional.ofNullable(transactions.get(new Numbered(merchantId, transactionId)))
                .map(trades::get);
    }

    /** All, the oldest first. */
    synchronized List<Trade> all() {
        return new ArrayList<>(trades.values());
    }

    synchronized void close(String merchantId, String outTradeNo) {
        Trade trade = find(merchantId, outTradeNo)
                .orElseThrow(() -> new PayRefusal(PayCode.ORDER_NOT_EXIST, "There is no such order"));
        if (trade.state() != TradeState.CLOSED) {
            requireOpen(trade);
            put(trade.in(TradeState.CLOSED));
        }
    }

    /** The user pays; an {@link IllegalArgumentException} says what the phone would. */
    synchronized Trade pay(String prepayId) {
        Trade trade = payable(prepayId);
        Prepay asked = trade.prepay();
        Sale sale = new Sale(asked.merchantId(), asked.outTradeNo(), asked.description(), asked.total());
        world.visits().add(asked.appId(), asked.openId());
        PaidOrder order = world.orders().pay(asked.appId(), asked.openId(), sale, Optional.empty());
        Trade paid = trade.paid(order.transactionId(), order.paidAt());
        transactions.put(
                new Numbered(asked.merchantId(), order.transactionId()),
                new Numbered(asked.merchantId(), asked.outTradeNo()));
        return put(paid);
    }

    /** The user began to pay, or the bank refused. */
    synchronized Trade stopAt(String prepayId, TradeState state) {
        return put(payable(prepayId).in(state));
    }

    private Trade payable(String prepayId) {
        Issue issue = prepayIds.get(prepayId);
        Trade trade = issue == null ? null : trades.get(issue.trade());
        if (issue == null || trade == null) {
            throw new IllegalArgumentException("This prepay_id is unknown.");
        }
        Instant now = world.clock().instant();
        if (now.isAfter(issue.at().plus(PREPAY_LIFE))) {
            throw new IllegalArgumentException("This prepay_id is older than 2 hours: ask for another.");
        }
        Instant expiry = trade.prepay().expiresAt();
        Instant earliest = trade.createdAt().plus(SHORTEST);
        if (expiry != null && now.isAfter(expiry.isBefore(earliest) ? earliest : expiry)) {
            throw new IllegalArgumentException("The time to pay this order is over.");
        }
        return switch (trade.state()) {
            case NOTPAY, USERPAYING, PAYERROR -> trade;
            case SUCCESS, REFUND -> throw new IllegalArgumentException("This order is paid already.");
            case CLOSED, REVOKED -> throw new IllegalArgumentException("This order is closed.");
        };
    }

    /** Limits what can be paid back, in fen; null for no limit. */
    synchronized void balance(@Nullable Long fen) {
        balance = fen;
    }

    /** A new refund, or the one of that number. */
    synchronized Refunded refund(String merchantId, RefundForm form) {
        Trade trade = refundable(merchantId, form);
        Numbered number = new Numbered(merchantId, form.outRefundNo());
        if (refunds.containsKey(number)) {
            return sameAgain(trade, form);
        }
        requireRoom(trade, form);
        Refund refund = new Refund(
                "50" + RandomText.digits(26),
                form.outRefundNo(),
                form.amount(),
                form.reason(),
                form.notifyUrl(),
                world.clock().instant(),
                Refund.Status.PROCESSING,
                null);
        refunds.put(number, new Numbered(merchantId, trade.prepay().outTradeNo()));
        balance = balance == null ? null : balance - form.amount();
        return new Refunded(put(trade.with(refund)), refund);
    }

    private Trade refundable(String merchantId, RefundForm form) {
        Optional<Trade> named = form.transactionId().isEmpty()
                ? find(merchantId, form.outTradeNo())
                : ofTransaction(merchantId, form.transactionId());
        return named.filter(trade -> trade.state().isPaid())
                .filter(trade -> form.outTradeNo().isEmpty()
                        || form.outTradeNo().equals(trade.prepay().outTradeNo()))
                .orElseThrow(() -> new PayRefusal(PayCode.RESOURCE_NOT_EXISTS, "There is no such paid order"));
    }

    private static Refunded sameAgain(Trade trade, RefundForm form) {
        return trade.refund(form.outRefundNo())
                .filter(known ->
                        known.amount() == form.amount() && trade.prepay().total() == form.total())
                .map(known -> new Refunded(trade, known))
                .orElseThrow(() -> new PayRefusal(
                        PayCode.INVALID_REQUEST, "The out_refund_no was used before with other parameters"));
    }

    private void requireRoom(Trade trade, RefundForm form) {
        Instant now = world.clock().instant();
        if (form.total() != trade.prepay().total()) {
            throw new PayRefusal(PayCode.INVALID_REQUEST, "The total is not that of the order");
        }
        if (trade.refunded() + form.amount() > form.total()) {
            throw new PayRefusal(PayCode.INVALID_REQUEST, "The refunds are more than what was paid");
        }
        if (trade.paidAt() == null || now.isAfter(trade.paidAt().plus(REFUNDABLE))) {
            throw new PayRefusal(PayCode.RULE_LIMIT, "The order was paid more than 365 days ago");
        }
        if (trade.refunds().size() >= MOST_REFUNDS) {
            throw new PayRefusal(PayCode.RULE_LIMIT, "The order has 50 refunds already");
        }
        if (!trade.refunds().isEmpty()
                && now.isBefore(trade.refunds().getLast().createdAt().plus(BETWEEN_REFUNDS))) {
            throw new PayRefusal(PayCode.FREQUENCY_LIMITED, "Refunds of one order are a minute apart");
        }
        if (balance != null && balance < form.amount()) {
            throw new PayRefusal(PayCode.NOT_ENOUGH, "The merchant's balance is too low");
        }
    }

    synchronized Optional<Refunded> findRefund(String merchantId, String outRefundNo) {
        return Optional.ofNullable(refunds.get(new Numbered(merchantId, outRefundNo)))
                .map(trades::get)
                .flatMap(trade -> trade.refund(outRefundNo).map(refund -> new Refunded(trade, refund)));
    }

    /** A refund comes to its end; a full one leaves nothing to ship. */
    synchronized Optional<Refunded> endRefund(String merchantId, String outRefundNo, Refund.Status end) {
        Optional<Refunded> running = findRefund(merchantId, outRefundNo)
                .filter(known -> known.refund().status() == Refund.Status.PROCESSING);
        if (running.isEmpty()) {
            return running;
        }
        Instant now = world.clock().instant();
        Trade trade = put(running.get().trade().changing(outRefundNo, refund -> refund.ended(end, now)));
        String transactionId = trade.transactionId();
        if (transactionId != null && trade.refunded() == trade.prepay().total()) {
            world.orders().change(transactionId, order -> order.in(PaidOrder.State.REFUNDED));
        }
        return findRefund(merchantId, outRefundNo);
    }

    private Trade put(Trade trade) {
        trades.put(new Numbered(trade.prepay().merchantId(), trade.prepay().outTradeNo()), trade);
        return trade;
    }
}

package io.miniplane.simulator.pay;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An order that a merchant asked to be paid for.
 *
 * @param prepay what the merchant asked
 * @param prepayId the newest one
 * @param createdAt when the merchant asked first
 * @param state how far it is
 * @param transactionId WeChat's number of the payment, or null before
 * @param paidAt when, or null before
 * @param refunds the oldest first
 */
public record Trade(
        Prepay prepay,
        String prepayId,
        Instant createdAt,
        TradeState state,
        @Nullable String transactionId,
        @Nullable Instant paidAt,
        List<Refund> refunds) {

    /** Copies the refunds. */
    public Trade {
        refunds = List.copyOf(refunds);
    }

    static Trade asked(Prepay prepay, String prepayId, Instant now) {
        return new Trade(prepay, prepayId, now, TradeState.NOTPAY, null, null, List.of());
    }

    Trade askedAgain(String newPrepayId) {
        return new Trade(prepay, newPrepayId, createdAt, state, transactionId, paidAt, refunds);
    }

    Trade in(TradeState newState) {
        return new Trade(prepay, prepayId, createdAt, newState, transactionId, paidAt, refunds);
    }

    Trade paid(String transaction, Instant at) {
        return new Trade(prepay, prepayId, createdAt, TradeState.SUCCESS, transaction, at, refunds);
    }

    Trade with(Refund refund) {
        List<Refund> all = Stream.concat(refunds.stream(), Stream.of(refund)).toList();
        return new Trade(prepay, prepayId, createdAt, TradeState.REFUND, transactionId, paidAt, all);
    }

    Trade changing(String outRefundNo, UnaryOperator<Refund> change) {
        List<Refund> all = refunds.stream()
                .map(refund -> refund.outRefundNo().equals(outRefundNo) ? change.apply(refund) : refund)
                .toList();
        return new Trade(prepay, prepayId, createdAt, state, transactionId, paidAt, all);
    }

    Optional<Refund> refund(String outRefundNo) {
        return refunds.stream()
                .filter(refund -> refund.outRefundNo().equals(outRefundNo))
                .findFirst();
    }

    /** What was or is being paid back, in fen. */
    public long refunded() {
        return refunds.stream().filter(Refund::counts).mapToLong(Refund::amount).sum();
    }
}

package io.miniplane.server.order.domain;

import io.miniplane.server.order.CancelReason;
import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.OrderStatus;
import io.miniplane.server.order.PaymentSettlement.AlreadyRefunded;
import io.miniplane.server.order.PaymentSettlement.AlreadySettled;
import io.miniplane.server.order.PaymentSettlement.NotPayable;
import io.miniplane.server.order.PaymentSettlement.Refunded;
import io.miniplane.server.order.PaymentSettlement.Refunding;
import io.miniplane.server.order.PaymentSettlement.Settled;
import io.miniplane.server.order.PaymentSettlement.Settlement;
import io.miniplane.server.order.PaymentSettlement.TooLate;
import io.miniplane.server.order.PaymentSettlement.TooMuch;
import io.miniplane.server.order.PaymentSettlement.WrongAmount;
import io.miniplane.server.order.ShippedBy;
import io.miniplane.server.order.domain.Decision.Changed;
import io.miniplane.server.order.domain.Decision.Noted;
import io.miniplane.server.order.domain.Decision.Unchanged;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.Utf8;
import io.miniplane.server.platform.security.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An order. It goes {@code CREATED → CONFIRMED → PAID → SHIPPED → COMPLETED}. Until it is shipped it can be cancelled; what was paid is due to be paid
 * back then. It is {@code REFUNDED} as soon as all that was paid is paid back, wherever it was: after its payment, its shipment, its completion or its
 * cancellation. An act that has happened already, or that came too late to matter, changes nothing.
 *
 * @param id which order
 * @param user whose it is
 * @param items what was ordered, 1 to {@value Basket#MOST}
 * @param status how far it has come
 * @param version 1 when it is made, and one more with each change
 * @param history what has happened to it
 */
public record Order(OrderId id, UserId user, List<Item> items, OrderStatus status, long version, History history) {

    /** The most that an order may cost: what WeChat Pay can count. */
    public static final Fen MOST = new Fen(Integer.MAX_VALUE);

    private static final ErrorCode SHIPPED_ALREADY = new ErrorCode(40901);
    private static final ErrorCode NOT_TO_BE_SHIPPED = new ErrorCode(40932);
    private static final ErrorCode NOT_TO_BE_RECEIVED = new ErrorCode(40933);
    private static final ErrorCode REFUNDED_ALREADY = new ErrorCode(40934);

    /** Keeps the items as they are now. */
    public Order {
        items = List.copyOf(items);
    }

    /** A new order. */
    public static Order made(OrderId id, UserId user, List<Item> items, Instant now) {
        return new Order(id, user, items, OrderStatus.CREATED, 1, History.from(now));
    }

    /** This order as it was when it was made. */
    public Order asMade() {
        return made(id, user, items, history.createdAt());
    }

    /** This order as it was when its goods were kept for it, where they were. */
    public Order asTaken() {
        Instant since = history.confirmedAt();
        return since == null
                ? this
                : new Order(
                        id,
                        user,
                        items,
                        OrderStatus.CONFIRMED,
                        2,
                        History.from(history.createdAt()).confirmed(since));
    }

    /** What it costs. */
    public Fen total() {
        return items.stream().map(Item::cost).reduce(Fen.ZERO, Fen::plus);
    }

    /** What was paid and not paid back. */
    public Fen held() {
        Payment payment = history.payment();
        return payment == null
                ? Fen.ZERO
                : payment.amount().minus(history.refunds().total());
    }

    /** What has to be paid back because it was cancelled. */
    public Fen owed() {
        return status == OrderStatus.CANCELLED ? held() : Fen.ZERO;
    }

    /** The goods are kept for it. */
    public Decision confirm(Instant now) {
        return status == OrderStatus.CREATED
                ? changed(OrderStatus.CONFIRMED, history.confirmed(now), new OrderEvent.Confirmed(id, user, total()))
                : new Unchanged(this);
    }

    /** The goods are not there: from the beginning, or any more when it was paid. */
    public Decision runOut(Instant now) {
        return switch (status) {
            case CREATED, PAID -> cancelled(CancelReason.OUT_OF_STOCK, now);
            case CONFIRMED, SHIPPED, COMPLETED, CANCELLED, REFUNDED -> new Unchanged(this);
        };
    }

    /** It is too late to pay it, unless its time is not over. */
    public Decision expire(Instant now, Duration paymentTimeout) {
        Instant since = history.confirmedAt();
        boolean isOver = status == OrderStatus.CONFIRMED
                && since != null
                && !since.plus(paymentTimeout).isAfter(now);
        return isOver ? cancelled(CancelReason.UNPAID, now) : new Unchanged(this);
    }

    /**
     * The buyer does not want it any more.
     *
     * @throws Failure 40901 when it is shipped, 40934 when it is paid back already
     */
    public Decision cancel(Instant now) {
        return switch (status) {
            case CREATED, CONFIRMED, PAID -> cancelled(CancelReason.BY_USER, now);
            case CANCELLED -> new Unchanged(this);
            case SHIPPED, COMPLETED -> throw new Failure(SHIPPED_ALREADY);
            case REFUNDED -> throw new Failure(isShipped() ? SHIPPED_ALREADY : REFUNDED_ALREADY);
        };
    }

    /** It was paid. */
    public Verdict<Settlement> settle(Payment told) {
        Payment known = history.payment();
        if (known != null) {
            return paidBefore(known, told);
        }
        return switch (status) {
            case CONFIRMED -> paidInTime(told);
            case CANCELLED -> new Verdict<>(noted(history.paid(told)), new TooLate(told.amount()));
            case CREATED, PAID, SHIPPED, COMPLETED, REFUNDED -> new Verdict<>(new Unchanged(this), new NotPayable());
        };
    }

    /**
     * Its goods are sent off.
     *
     * @throws Failure 40932 when it is not paid, over, or shipped otherwise
     */
    public Decision ship(ShippedBy by, Instant now) {
        Dispatch dispatch = history.dispatch();
        if (status == OrderStatus.SHIPPED && dispatch != null && dispatch.by().equals(by)) {
            return new Unchanged(this);
        }
        if (status != OrderStatus.PAID) {
            throw new Failure(NOT_TO_BE_SHIPPED, status);
        }
        return changed(
                OrderStatus.SHIPPED, history.shipped(new Dispatch(by, now)), new OrderEvent.Shipped(id, user, by));
    }

    /**
     * The buyer says that the goods are there.
     *
     * @throws Failure 40933 when they were not shipped
     */
    public Decision receive(Instant now) {
        if (status != OrderStatus.SHIPPED && status != OrderStatus.COMPLETED) {
            throw new Failure(NOT_TO_BE_RECEIVED, status);
        }
        return complete(now);
    }

    /** The buyer has the goods, as far as anybody can know. */
    public Decision complete(Instant now) {
        return status == OrderStatus.SHIPPED
                ? changed(OrderStatus.COMPLETED, history.completed(now), new OrderEvent.Completed(id, user))
                : new Unchanged(this);
    }

    /** Money was paid back. */
    public Verdict<Refunding> refund(String refundId, Fen amount) {
        if (history.refunds().ids().contains(refundId)) {
            return new Verdict<>(new Unchanged(this), new AlreadyRefunded());
        }
        if (!amount.isPositive() || amount.compareTo(held()) > 0) {
            return new Verdict<>(new Unchanged(this), new TooMuch(held()));
        }
        boolean wholly = amount.equals(held());
        Decision decision = changed(
                wholly ? OrderStatus.REFUNDED : status,
                history.refunded(history.refunds().and(refundId, amount)),
                new OrderEvent.Refunded(id, user, amount));
        return new Verdict<>(decision, new Refunded(wholly));
    }

    /** Whether its goods were sent off, whatever came later. */
    public boolean isShipped() {
        return history.dispatch() != null;
    }

    private Verdict<Settlement> paidInTime(Payment told) {
        if (!told.amount().equals(total())) {
            return new Verdict<>(new Unchanged(this), new WrongAmount(total()));
        }
        Decision paid = changed(
                OrderStatus.PAID,
                history.paid(told),
                new OrderEvent.Paid(id, user, told.amount(), told.transactionId()));
        return new Verdict<>(paid, new Settled());
    }

    /** A payment that came after the cancellation is late however often it is told, until it is paid back. */
    private Verdict<Settlement> paidBefore(Payment known, Payment told) {
        Cancellation end = history.cancellation();
        boolean wasLate = status == OrderStatus.CANCELLED
                && end != null
                && !end.refundDue().isPositive();
        Settlement answer = known.transactionId().equals(told.transactionId())
                ? wasLate ? new TooLate(held()) : new AlreadySettled()
                : new TooLate(told.amount());
        return new Verdict<>(new Unchanged(this), answer);
    }

    private Decision cancelled(CancelReason reason, Instant now) {
        Cancellation end = new Cancellation(reason, held(), now);
        return changed(
                OrderStatus.CANCELLED,
                history.cancelled(end),
                new OrderEvent.Cancelled(id, user, reason, end.refundDue()));
    }

    private Decision changed(OrderStatus next, History then, OrderEvent event) {
        return new Changed(new Order(id, user, items, next, version + 1, then), event);
    }

    private Decision noted(History then) {
        return new Noted(new Order(id, user, items, status, version + 1, then));
    }

    /**
     * What WeChat shows to the payer.
     *
     * @param longest the most bytes of UTF-8
     */
    public String description(int longest) {
        String others = items.size() == 1 ? "" : " (+" + (items.size() - 1) + ")";
        return Utf8.cut(items.getFirst().name(), longest - others.length()) + others;
    }
}

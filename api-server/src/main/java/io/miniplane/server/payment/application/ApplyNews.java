package io.miniplane.server.payment.application;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.PaymentSettlement;
import io.miniplane.server.payment.domain.Payment;
import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.payment.domain.PaymentNews;
import io.miniplane.server.payment.domain.PaymentNews.MoneyCame;
import io.miniplane.server.payment.domain.PaymentNews.NeverPaid;
import io.miniplane.server.payment.domain.PaymentNews.RefundMoved;
import io.miniplane.server.payment.domain.Refund;
import io.miniplane.server.payment.domain.RefundId;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.RequestTrace;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import reactor.core.publisher.Mono;

/**
 * Changes payments and refunds, and is all that does. It runs in the transaction of the handler that calls it; the same news again, late or out of
 * order, changes nothing.
 */
public final class ApplyNews {

    private static final Logger LOG = LogManager.getLogger(ApplyNews.class);

    private final Payments payments;
    private final Refunds refunds;
    private final PaymentSettlement orders;
    private final Supplier<UUID> ids;

    /** Tells the orders what their payments came to. */
    public ApplyNews(Payments payments, Refunds refunds, PaymentSettlement orders, Supplier<UUID> ids) {
        this.payments = payments;
        this.refunds = refunds;
        this.orders = orders;
        this.ids = ids;
    }

    /** What became of the payment. */
    public Mono<Outcome> apply(PaymentNews news) {
        return switch (news) {
            case MoneyCame came ->
                payments.find(came.payment())
                        .flatMap(payment -> take(payment, came))
                        .switchIfEmpty(Mono.defer(() -> payments.dispute(came).then(unknown(came))));
            case NeverPaid(var payment) ->
                payments.close(payment).map(isNew -> isNew ? Outcome.CLOSED : Outcome.UNCHANGED);
            case RefundMoved moved ->
                refunds.find(moved.refund())
                        .filter(refund -> refund.payment().equals(moved.payment()))
                        .flatMap(refund -> move(refund, moved.status()))
                        .switchIfEmpty(Mono.defer(() -> unknown(moved)));
        };
    }

    private Mono<Outcome> take(Payment payment, MoneyCame came) {
        return switch (payment.step(came)) {
            case Payment.Step.Stay() -> Mono.just(Outcome.UNCHANGED);
            case Payment.Step.Dispute(var why) -> dispute(came, why);
            case Payment.Step.Pay(var transactionId, var paidAt) ->
                payments.pay(payment.id(), transactionId, paidAt)
                        .then(Mono.defer(
                                () -> orders.settle(order(payment.id()), transactionId, payment.total(), paidAt)))
                        .flatMap(settlement -> settled(came, settlement));
        };
    }

    private Mono<Outcome> settled(MoneyCame came, PaymentSettlement.Settlement settlement) {
        return switch (settlement) {
            case PaymentSettlement.Settled() -> Mono.just(Outcome.PAID);
            case PaymentSettlement.AlreadySettled() -> Mono.just(Outcome.UNCHANGED);
            case PaymentSettlement.TooLate(var due) ->
                payBack(came.payment(), due).thenReturn(Outcome.TOO_LATE);
            case PaymentSettlement.WrongAmount(var expected) -> dispute(came, "it is not what the order costs");
            case PaymentSettlement.NotPayable() -> dispute(came, "its order is not open for payment");
        };
    }

    private Mono<Outcome> dispute(MoneyCame came, String why) {
        return saying(() ->
                        LOG.error("Money came for the payment {} and pays nothing, because {}", came.payment(), why))
                .then(payments.dispute(came))
                .thenReturn(Outcome.DISPUTED);
    }

    /** Gives what an order does not owe back to its buyer, once. */
    public Mono<Void> payBack(PaymentId payment, Fen due) {
        return refunds.payBack(new RefundId(ids.get()), payment, due).then();
    }

    /** The order may have been cancelled while the refund that failed stood in for what it owes. */
    private Mono<Void> payBackWhatIsOwed(PaymentId payment) {
        return orders.owed(order(payment)).filter(Fen::isPositive).flatMap(due -> payBack(payment, due));
    }

    private Mono<Outcome> move(Refund refund, Refund.State next) {
        if (!refund.goesOnTo(next)) {
            return Mono.just(Outcome.UNCHANGED);
        }
        return refunds.move(refund.id(), next)
                .flatMap(isNew -> isNew ? moved(refund, next) : Mono.just(Outcome.UNCHANGED));
    }

    private Mono<Outcome> moved(Refund refund, Refund.State next) {
        return switch (next) {
            case DONE ->
                orders.refunded(
                                order(refund.payment()),
                                refund.id().number(),
                                refund.details().amount())
                        .flatMap(told -> saying(() -> note(refund, told)))
                        .thenReturn(Outcome.REFUNDED);
            case FAILED ->
                saying(() -> LOG.error("The refund {} of the payment {} was not made", refund.id(), refund.payment()))
                        .then(Mono.defer(() -> payBackWhatIsOwed(refund.payment())))
                        .thenReturn(Outcome.REFUND_FAILED);
            case STUCK ->
                saying(() -> LOG.error(
                                "The refund {} of the payment {} is stuck: act at the merchant platform",
                                refund.id(),
                                refund.payment()))
                        .thenReturn(Outcome.REFUND_STUCK);
            case REQUESTED, PROCESSING -> Mono.just(Outcome.UNCHANGED);
        };
    }

    private static void note(Refund refund, PaymentSettlement.Refunding told) {
        switch (told) {
            case PaymentSettlement.TooMuch(var left) ->
                LOG.error("The refund {} is more than the {} fen that the order knows of", refund.id(), left.amount());
            case PaymentSettlement.NoSuchOrder() ->
                LOG.error("The order {} of a refund is not there", refund.payment());
            case PaymentSettlement.Refunded(var wholly) -> LOG.debug("The order {} knows", refund.payment());
            case PaymentSettlement.AlreadyRefunded() -> LOG.debug("The order {} knew", refund.payment());
        }
    }

    private static Mono<Outcome> unknown(PaymentNews news) {
        return saying(() -> LOG.error("WeChat Pay tells of {}, of which nothing is known here", news.payment()))
                .thenReturn(Outcome.UNKNOWN);
    }

    private static Mono<Void> saying(Runnable lines) {
        return Mono.deferContextual(context -> {
            RequestTrace.log(context, lines);
            return Mono.empty();
        });
    }

    private static OrderId order(PaymentId payment) {
        return new OrderId(payment.value());
    }

    /** What became of a payment. */
    public enum Outcome {
        /** It is paid, and so is its order. */
        PAID,
        /** It is paid, but its order was cancelled: it is paid back. */
        TOO_LATE,
        /** Money came that pays nothing. */
        DISPUTED,
        /** It will never be paid. */
        CLOSED,
        /** A refund is done. */
        REFUNDED,
        /** A refund was not made. */
        REFUND_FAILED,
        /** A refund needs people. */
        REFUND_STUCK,
        /** It was known already. */
        UNCHANGED,
        /** There is no such payment or refund. */
        UNKNOWN
    }
}

package io.miniplane.server.payment.domain;

import io.miniplane.server.payment.domain.PaymentNews.MoneyCame;
import io.miniplane.server.platform.Fen;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The payment of an order.
 *
 * @param id which one
 * @param total what is to be paid
 * @param state how it stands
 * @param transactionId WeChat Pay's number, or null until money came
 */
public record Payment(
        PaymentId id, Fen total, State state, @Nullable String transactionId) {

    private static final String YUAN = "CNY";

    /** How a payment stands. */
    public enum State {
        /** It can be paid. */
        OPEN,
        /** It is paid. */
        PAID,
        /** It cannot be paid any more, and was not. */
        CLOSED,
        /** Money came that is not what was asked for: people have to look at it. */
        DISPUTED
    }

    /** What to do about money that came. Whether the payment was closed meanwhile makes no difference: the money is there. */
    public Step step(MoneyCame came) {
        if (state == State.PAID || state == State.DISPUTED) {
            return came.transactionId().equals(transactionId)
                    ? new Step.Stay()
                    : new Step.Dispute("it is a second payment");
        }
        if (came.amount() != total.amount() || !YUAN.equals(came.currency())) {
            return new Step.Dispute("it is not the amount that was asked for");
        }
        return new Step.Pay(came.transactionId(), came.paidAt());
    }

    /** What to do about money that came. */
    public sealed interface Step {

        /** The payment is made. */
        record Pay(String transactionId, Instant paidAt) implements Step {}

        /** It is known already. */
        record Stay() implements Step {}

        /**
         * It is kept for people to look at and pays nothing.
         *
         * @param why what is wrong
         */
        record Dispute(String why) implements Step {}
    }
}

package io.miniplane.simulator.world;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user paid.
 *
 * @param appId the app it was paid in
 * @param openId the user who paid
 * @param transactionId WeChat's number of the payment
 * @param merchantId the merchant who was paid
 * @param outTradeNo the merchant's number of the order
 * @param combinedTradeNo the merchant's number of the combined payment that it is a part of, or null
 * @param description what was bought
 * @param amount in fen
 * @param paidAt when
 * @param state how far it is
 * @param shipping what the merchant said of its shipping, or null
 */
public record PaidOrder(
        String appId,
        String openId,
        String transactionId,
        String merchantId,
        String outTradeNo,
        @Nullable String combinedTradeNo,
        String description,
        long amount,
        Instant paidAt,
        State state,
        @Nullable Shipping shipping) {

    /** How far an order is. */
    public enum State {
        TO_SHIP(1),
        SHIPPED(2),
        RECEIVED(3),
        DONE(4),
        REFUNDED(5),
        FUNDS_PENDING(6);

        private final int number;

        State(int number) {
            this.number = number;
        }

        /** The number in WeChat's answers. */
        public int number() {
            return number;
        }
    }

    /** The order in another state. */
    public PaidOrder in(State newState) {
        return new PaidOrder(
                appId,
                openId,
                transactionId,
                merchantId,
                outTradeNo,
                combinedTradeNo,
                description,
                amount,
                paidAt,
                newState,
                shipping);
    }

    /** The order with this said of its shipping. */
    public PaidOrder with(Shipping newShipping) {
        State newState = newShipping.complete() ? State.SHIPPED : State.TO_SHIP;
        return new PaidOrder(
                appId,
                openId,
                transactionId,
                merchantId,
                outTradeNo,
                combinedTradeNo,
                description,
                amount,
                paidAt,
                newState,
                newShipping);
    }
}

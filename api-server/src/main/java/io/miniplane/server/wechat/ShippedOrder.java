package io.miniplane.server.wechat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as WeChat's shipping knows it.
 *
 * @param transactionId WeChat Pay's number of the payment
 * @param trade the merchant and its number of the order
 * @param openId who paid
 * @param paidFen what was paid, in fen
 * @param paidAt when it was paid, or null where WeChat does not tell
 * @param state how far it is
 * @param trackingNumbers the numbers of its parcels that were told
 */
public record ShippedOrder(
        String transactionId,
        OrderName.Trade trade,
        String openId,
        long paidFen,
        @Nullable Instant paidAt,
        State state,
        List<String> trackingNumbers) {

    /** Keeps the list as it is now. */
    public ShippedOrder {
        trackingNumbers = List.copyOf(trackingNumbers);
    }

    @Override
    public String toString() {
        return "ShippedOrder[" + state + "]";
    }

    /** How far an order is. */
    public enum State {
        /** Something else, that this version does not know. */
        OTHER(0),
        /** It has to be shipped. */
        TO_SHIP(1),
        /** It is shipped. */
        SHIPPED(2),
        /** The buyer has it. */
        RECEIVED(3),
        /** The trade is done. */
        DONE(4),
        /** The money went back. */
        REFUNDED(5),
        /** The money is under way. */
        FUNDS_PENDING(6);

        private final int number;

        State(int number) {
            this.number = number;
        }

        /** How WeChat numbers it. */
        public int number() {
            return number;
        }

        /** The state of a number; {@link #OTHER} for one that is new. */
        public static State of(int number) {
            return Arrays.stream(values())
                    .filter(state -> state.number == number)
                    .findFirst()
                    .orElse(OTHER);
        }
    }
}

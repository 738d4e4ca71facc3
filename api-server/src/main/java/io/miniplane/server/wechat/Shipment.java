package io.miniplane.server.wechat;

import io.miniplane.server.platform.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one order was shipped.
 *
 * @param goods the order and its parcels
 * @param openId who paid
 * @param at when it was told; later than at the time before
 */
public record Shipment(Goods goods, String openId, Instant at) {

    /** @throws WechatFailure.BadArgument when a value breaks a rule */
    public Shipment {
        Rules.id("openId", openId);
    }

    @Override
    public String toString() {
        return "Shipment[redacted]";
    }

    /** How goods travel. */
    public enum Logistics {
        /** By a delivery company. */
        EXPRESS(1),
        /** By a courier within the city. */
        SAME_CITY(2),
        /** Not at all. */
        VIRTUAL(3),
        /** With the buyer who fetches them. */
        PICK_UP(4);

        private final int number;

        Logistics(int number) {
            this.number = number;
        }

        /** How WeChat numbers it. */
        public int number() {
            return number;
        }
    }

    /** Whether an order is shipped at once. */
    public enum Delivery {
        /** All of it as one. */
        UNIFIED(1),
        /** In parts, and this is not the last one. */
        SPLIT(2),
        /** In parts, and this is the last one. */
        SPLIT_LAST(2);

        private final int number;

        Delivery(int number) {
            this.number = number;
        }

        /** How WeChat numbers it. */
        public int number() {
            return number;
        }
    }

    /**
     * An order and its parcels.
     *
     * @param order the order
     * @param logistics how the goods travel
     * @param delivery whether they travel at once; in parts only by {@link Logistics#EXPRESS}
     * @param parcels exactly 1, in parts up to 15
     */
    public record Goods(OrderName order, Logistics logistics, Delivery delivery, List<Parcel> parcels) {

        private static final int MOST = 15;

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public Goods {
            boolean whole = delivery == Delivery.UNIFIED;
            boolean express = logistics == Logistics.EXPRESS;
            Rules.require(whole || express, Reason.of("split-needs-express", "delivery"));
            Rules.within("parcels", parcels.size(), 1, whole ? 1 : MOST);
            parcels.forEach(parcel ->
                    Rules.require(!express || parcel.waybill() != null, Reason.of("missing", "parcels.waybill")));
            parcels = List.copyOf(parcels);
        }

        @Override
        public String toString() {
            return "Goods[redacted]";
        }
    }

    /**
     * A parcel.
     *
     * @param description what is in it, 1 to 120 characters
     * @param waybill how it can be followed, or null where nothing carries it
     */
    public record Parcel(String description, @Nullable Waybill waybill) {

        private static final int LONGEST = 120;

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public Parcel {
            Rules.text("description", description, LONGEST);
        }
    }

    /**
     * What a delivery company calls a parcel.
     *
     * @param company WeChat's id of the company, such as {@code SF}
     * @param trackingNumber the company's number
     * @param senderContact the sender's phone number, masked, or null
     * @param receiverContact the receiver's phone number, masked, or null
     */
    public record Waybill(
            String company,
            String trackingNumber,
            @Nullable String senderContact,
            @Nullable String receiverContact) {

        private static final String ASKS_FOR_CONTACT = "SF";

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public Waybill {
            Rules.id("company", company);
            Rules.id("trackingNumber", trackingNumber);
            boolean contact = senderContact != null || receiverContact != null;
            Rules.require(contact || !company.equals(ASKS_FOR_CONTACT), Reason.of("missing", "receiverContact"));
        }

        @Override
        public String toString() {
            return "Waybill[redacted]";
        }
    }
}

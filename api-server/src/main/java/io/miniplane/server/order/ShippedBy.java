package io.miniplane.server.order;

import org.jspecify.annotations.Nullable;

/**
 * How the goods of an order travel.
 *
 * @param logistics the kind of way
 * @param carrier WeChat's id of the delivery company, such as {@code ZTO}; null unless a company carries them
 * @param trackingNumber the company's number, or null
 */
public record ShippedBy(
        Logistics logistics,
        @Nullable String carrier,
        @Nullable String trackingNumber) {

    /** @throws IllegalArgumentException when a delivery company carries the goods and it, or its number, is not said */
    public ShippedBy {
        if (logistics == Logistics.EXPRESS && (carrier == null || trackingNumber == null)) {
            throw new IllegalArgumentException("What a delivery company carries has a carrier and a tracking number");
        }
    }

    /** The kinds of ways, as WeChat tells them apart. */
    public enum Logistics {
        /** A delivery company carries them. */
        EXPRESS,
        /** A courier carries them within the city. */
        SAME_CITY,
        /** Nothing has to be carried. */
        VIRTUAL,
        /** The buyer fetches them. */
        PICK_UP
    }
}

package io.miniplane.simulator.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a merchant said of an order's shipping.
 *
 * @param logistics 1 express, 2 same city, 3 virtual, 4 self pick-up
 * @param mode 1 unified, 2 split
 * @param complete whether everything is under way
 * @param parcels the parcels, of split orders those of all calls
 * @param uploadedAt the time that the merchant gave with the call
 * @param again whether the order was shipped once more after it was complete
 */
public record Shipping(
        int logistics, int mode, boolean complete, List<Parcel> parcels, Instant uploadedAt, boolean again) {

    /** Copies the parcels. */
    public Shipping {
        parcels = List.copyOf(parcels);
    }

    /**
     * One parcel.
     *
     * @param trackingNumber empty unless it goes by express
     * @param company the id of the carrier, empty unless it goes by express
     * @param goods what is in it
     */
    public record Parcel(String trackingNumber, String company, String goods) {}

    /** Whether both say the same apart from the time. */
    public boolean saysTheSameAs(Shipping other) {
        return logistics == other.logistics
                && mode == other.mode
                && complete == other.complete
                && parcels.equals(other.parcels);
    }

    /** A later call about the same split order. */
    public Shipping joinedBy(Shipping later) {
        List<Parcel> all = new ArrayList<>(parcels);
        later.parcels().stream().filter(parcel -> !all.contains(parcel)).forEach(all::add);
        return new Shipping(logistics, mode, later.complete(), all, later.uploadedAt(), again);
    }

    /** The same, as the second and last time that a complete order was shipped. */
    public Shipping onceMore() {
        return new Shipping(logistics, mode, complete, parcels, uploadedAt, true);
    }
}

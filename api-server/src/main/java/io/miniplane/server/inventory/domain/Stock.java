package io.miniplane.server.inventory.domain;

/**
 * How much there is of a product. Orders move goods between the counts, so their sum is what staff ever put in, less what it took out.
 *
 * @param available what can be bought, 0 or more
 * @param reserved what orders hold for a time, 0 or more
 * @param sold what is the buyers', 0 or more
 */
public record Stock(long available, long reserved, long sold) {

    /** @throws IllegalArgumentException when a count is negative */
    public Stock {
        if (available < 0 || reserved < 0 || sold < 0) {
            throw new IllegalArgumentException("Counts are 0 or more: " + available + ", " + reserved + ", " + sold);
        }
    }

    /** Whether at least one can be bought. */
    public boolean isThere() {
        return available > 0;
    }
}

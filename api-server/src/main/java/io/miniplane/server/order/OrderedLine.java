package io.miniplane.server.order;

/**
 * How much of a product somebody orders.
 *
 * @param product which one
 * @param quantity 1 to {@value #MOST}
 */
public record OrderedLine(ProductRef product, int quantity) {

    /** The most pieces of one product in one order. */
    public static final int MOST = 999;

    /** @throws IllegalArgumentException when the quantity is out of range */
    public OrderedLine {
        if (quantity < 1 || quantity > MOST) {
            throw new IllegalArgumentException("A quantity is 1 to " + MOST + ": " + quantity);
        }
    }
}

package io.miniplane.server.inventory;

/**
 * So many of one product.
 *
 * @param product which one
 * @param quantity how many, 1 to {@value #MOST}
 */
public record Line(ProductId product, int quantity) {

    /** The most of one product that an order can have. */
    public static final int MOST = 10_000;

    /** @throws IllegalArgumentException when the quantity is out of its range */
    public Line {
        if (quantity < 1 || quantity > MOST) {
            throw new IllegalArgumentException("A quantity is 1 to " + MOST + ": " + quantity);
        }
    }
}

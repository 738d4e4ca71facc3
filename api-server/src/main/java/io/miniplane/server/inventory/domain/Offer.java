package io.miniplane.server.inventory.domain;

import io.miniplane.server.platform.Fen;

/**
 * What staff says of a product.
 *
 * @param name what it is called, 1 to {@value #NAME_LENGTH} characters
 * @param description what there is to know of it, up to {@value #DESCRIPTION_LENGTH} characters, perhaps none
 * @param price what one costs, 1 to {@value #HIGHEST_PRICE} fen
 * @param published whether users see it and can buy it
 */
public record Offer(String name, String description, Fen price, boolean published) {

    /** The most characters of a name. */
    public static final int NAME_LENGTH = 100;

    /** The most characters of a description. */
    public static final int DESCRIPTION_LENGTH = 5000;

    /** The highest price, in fen: a million yuan. */
    public static final long HIGHEST_PRICE = 100_000_000;

    /** @throws IllegalArgumentException when something is out of its range */
    public Offer {
        if (name.isBlank() || characters(name) > NAME_LENGTH) {
            throw new IllegalArgumentException("A name has 1 to " + NAME_LENGTH + " characters");
        }
        if (characters(description) > DESCRIPTION_LENGTH) {
            throw new IllegalArgumentException("A description has up to " + DESCRIPTION_LENGTH + " characters");
        }
        if (!price.isPositive() || price.amount() > HIGHEST_PRICE) {
            throw new IllegalArgumentException("A price is 1 to " + HIGHEST_PRICE + " fen: " + price.amount());
        }
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }
}

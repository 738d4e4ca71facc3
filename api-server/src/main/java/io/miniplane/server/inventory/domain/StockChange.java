package io.miniplane.server.inventory.domain;

/**
 * What staff puts in or takes out.
 *
 * @param delta how many, positive: put in, negative: taken out; 1 to {@value #MOST} either way
 * @param reason why, 1 to {@value #REASON_LENGTH} characters
 */
public record StockChange(int delta, String reason) {

    /** The most that is put in or taken out at once. */
    public static final int MOST = 1_000_000;

    /** The most characters of a reason. */
    public static final int REASON_LENGTH = 200;

    /** @throws IllegalArgumentException when something is out of its range */
    public StockChange {
        if (delta == 0 || delta < -MOST || delta > MOST) {
            throw new IllegalArgumentException("A change is 1 to " + MOST + " either way: " + delta);
        }
        if (reason.isBlank() || reason.codePointCount(0, reason.length()) > REASON_LENGTH) {
            throw new IllegalArgumentException("A reason has 1 to " + REASON_LENGTH + " characters");
        }
    }
}

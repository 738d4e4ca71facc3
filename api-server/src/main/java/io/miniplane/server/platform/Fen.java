package io.miniplane.server.platform;

/**
 * An amount of money that nobody owes twice: fen, hundredths of a yuan. Sums that would not fit are errors, never wrong amounts.
 *
 * @param amount 0 or more
 */
public record Fen(long amount) implements Comparable<Fen> {

    /** Nothing. */
    public static final Fen ZERO = new Fen(0);

    /** @throws IllegalArgumentException when the amount is negative */
    public Fen {
        if (amount < 0) {
            throw new IllegalArgumentException("An amount of money is 0 fen or more: " + amount);
        }
    }

    /**
     * Both together.
     *
     * @throws ArithmeticException when the sum does not fit
     */
    public Fen plus(Fen other) {
        return new Fen(Math.addExact(amount, other.amount));
    }

    /**
     * What is left of it.
     *
     * @throws IllegalArgumentException when more is taken away than there is
     */
    public Fen minus(Fen other) {
        return new Fen(amount - other.amount);
    }

    /**
     * So many times as much.
     *
     * @throws ArithmeticException when the product does not fit
     */
    public Fen times(int quantity) {
        return new Fen(Math.multiplyExact(amount, (long) quantity));
    }

    /** Whether it is more than nothing. */
    public boolean isPositive() {
        return amount > 0;
    }

    @Override
    public int compareTo(Fen other) {
        return Long.compare(amount, other.amount);
    }
}

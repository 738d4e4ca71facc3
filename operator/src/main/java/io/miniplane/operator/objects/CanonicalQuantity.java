package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Writes amounts the way the API server stores them, so that a comparison finds no difference where there is none. */
final class CanonicalQuantity {

    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final BigInteger BINARY_STEP = BigInteger.valueOf(1024);
    private static final BigInteger DECIMAL_STEP = BigInteger.valueOf(1000);

    private CanonicalQuantity() {}

    /** The same amount with the largest unit that leaves a whole number, binary units kept binary. */
    static Quantity of(Quantity quantity) {
        BigDecimal amount = quantity.getNumericalAmount();
        boolean binary = quantity.getFormat().endsWith("i");
        if (binary && amount.stripTrailingZeros().scale() <= 0) {
            return largest(amount.toBigIntegerExact(), BINARY_STEP, BINARY);
        }
        return largest(amount.movePointRight(9).toBigInteger(), DECIMAL_STEP, DECIMAL);
    }

    private static Quantity largest(BigInteger whole, BigInteger step, List<String> units) {
        if (whole.signum() == 0) {
            return new Quantity("0");
        }
        BigInteger number = whole;
        int unit = 0;
        while (unit < units.size() - 1 && number.mod(step).signum() == 0) {
            number = number.divide(step);
            unit++;
        }
        return new Quantity(number.toString(), units.get(unit));
    }
}

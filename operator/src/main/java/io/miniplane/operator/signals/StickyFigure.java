package io.miniplane.operator.signals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Figures for people that change only when there is something to see, since each change is a write. */
final class StickyFigure {

    private static final double NOISE = 0.2;
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

    private StickyFigure() {}

    /** The figure to report: the one reported so far unless what was measured differs by more than a fifth. */
    static long follow(@Nullable Long reported, double measured) {
        long rounded = new BigDecimal(measured)
                .round(TWO_DIGITS)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        if (reported == null || (rounded == 0) != (reported == 0)) {
            return rounded;
        }
        return Math.abs(measured - reported) <= NOISE * reported ? reported : rounded;
    }
}

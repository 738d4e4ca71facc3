package io.miniplane.simulator.http;

import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong on purpose.
 *
 * @param path the path it concerns, or {@code *} for every path of WeChat
 * @param effect what happens
 * @param times how many calls it concerns, at least 1; null until the faults are cleared
 */
public record Fault(String path, Effect effect, @Nullable Integer times) {

    /** Every path of WeChat. */
    public static final String EVERY_PATH = "*";

    /** @throws IllegalArgumentException when the path or the count makes no sense */
    public Fault {
        if (!path.equals(EVERY_PATH) && !path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "The path of a fault starts with \"/\", for example /sns/jscode2session, or is \"*\" for all.");
        }
        if (times != null && times < 1) {
            throw new IllegalArgumentException("A fault concerns at least 1 call: leave \"times\" out for all.");
        }
    }

    /** A fault that stays until the faults are cleared. */
    public static Fault always(String path, Effect effect) {
        return new Fault(path, effect, null);
    }

    /** A fault of the next calls. */
    public static Fault times(int times, String path, Effect effect) {
        return new Fault(path, effect, times);
    }

    boolean concerns(String calledPath) {
        return path.equals(EVERY_PATH) || path.equals(calledPath);
    }

    /** What is left after one call, or null when nothing is. */
    @Nullable
    Fault spent() {
        if (times == null) {
            return this;
        }
        return times == 1 ? null : new Fault(path, effect, times - 1);
    }
}

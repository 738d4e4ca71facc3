package io.miniplane.server.bench;

import java.time.Duration;
import java.util.List;

/**
 * What a scenario cost.
 *
 * @param name of the scenario
 * @param millis how long each answer took, the shortest first
 * @param failed how many of them were not what was asked for
 * @param took how long all of them took
 * @param cpu the processor time of the server's process until all was done
 */
record Measurement(String name, List<Long> millis, int failed, Duration took, Duration cpu) {

    long perSecond() {
        return millis.size() * 1000L / Math.max(1, took.toMillis());
    }

    /** Milliseconds of processor time per 1,000 requests. */
    double cpuPerThousand() {
        return cpu.toNanos() / 1_000_000.0 / millis.size() * 1000;
    }

    long at(double share) {
        return millis.get((int) Math.min(millis.size() - 1L, Math.round(millis.size() * share)));
    }

    static String heading() {
        return String.format(
                "%-32s %7s %7s %7s %7s %7s %7s %14s %9s",
                "scenario", "calls", "failed", "per s", "p50 ms", "p99 ms", "max ms", "CPU ms / 1000", "baseline");
    }

    String row(Measurement baseline) {
        return String.format(
                "%-32s %7d %7d %7d %7d %7d %7d %14.0f %8.1fx",
                name,
                millis.size(),
                failed,
                perSecond(),
                at(0.5),
                at(0.99),
                millis.getLast(),
                cpuPerThousand(),
                cpuPerThousand() / baseline.cpuPerThousand());
    }
}

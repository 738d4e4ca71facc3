package io.miniplane.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts the calls of each app and path against their limits. */
public final class Quotas {

    private static final int CLEARINGS_PER_MONTH = 10;

    private final InstantSource clock;
    private final Set<String> paths = ConcurrentHashMap.newKeySet();
    private final Map<String, Limits> chosen = new ConcurrentHashMap<>();
    private final Map<Caller, Counts> counts = new HashMap<>();
    private final Map<String, Clearings> clearings = new HashMap<>();

    Quotas(InstantSource clock) {
        this.clock = clock;
    }

    private record Caller(String appId, String path) {}

    private record Clearings(YearMonth month, int times) {}

    private record Window(Instant end, int calls) {

        static final Window OVER = new Window(Instant.MIN, 0);

        Window at(Instant now, Duration length) {
            return now.isBefore(end) ? this : new Window(now.plus(length), 0);
        }

        boolean isFull(@Nullable Integer limit) {
            return limit != null && calls >= limit;
        }

        Window counted() {
            return new Window(end, calls + 1);
        }
    }

    private record Counts(LocalDate day, long today, Window minute, Window second) {

        static final Counts NONE = new Counts(LocalDate.EPOCH, 0, Window.OVER, Window.OVER);

        Counts at(Instant now) {
            LocalDate date = Beijing.day(now);
            return new Counts(
                    date,
                    date.equals(day) ? today : 0,
                    minute.at(now, Duration.ofMinutes(1)),
                    second.at(now, Duration.ofSeconds(1)));
        }

        Counts counted() {
            return new Counts(day, today + 1, minute.counted(), second.counted());
        }
    }

    /** Which limit a call meets, if any. */
    public enum Verdict {
        WITHIN,
        DAY_USED_UP,
        MINUTE_USED_UP,
        SECOND_USED_UP
    }

    /**
     * How much of its limits an app has used on a path.
     *
     * @param limits what it may
     * @param today its calls since midnight in Beijing
     */
    public record Usage(Limits limits, long today) {}

    /** Lets apps ask about this path. */
    public void declare(String path) {
        paths.add(path);
    }

    /**
     * Sets the limits of a path for every app.
     *
     * @throws IllegalArgumentException when nothing is counted there
     */
    public void limit(String path, Limits limits) {
        if (!paths.contains(path)) {
            throw new IllegalArgumentException("No calls of this path are counted.");
        }
        chosen.put(path, limits);
    }

    /** Counts a call when every limit allows it. */
    public synchronized Verdict take(String appId, String path) {
        Limits limits = limits(path);
        Caller caller = new Caller(appId, path);
        Counts now = counts.getOrDefault(caller, Counts.NONE).at(clock.instant());
        if (now.second().isFull(limits.perSecond())) {
            return Verdict.SECOND_USED_UP;
        }
        if (now.minute().isFull(limits.perMinute())) {
            return Verdict.MINUTE_USED_UP;
        }
        if (now.today() >= limits.perDay()) {
            return Verdict.DAY_USED_UP;
        }
        counts.put(caller, now.counted());
        return Verdict.WITHIN;
    }

    /** What an app used of a path; empty when nothing is counted there. */
    public synchronized Optional<Usage> usage(String appId, String path) {
        if (!paths.contains(path)) {
            return Optional.empty();
        }
        Counts now = counts.getOrDefault(new Caller(appId, path), Counts.NONE).at(clock.instant());
        return Optional.of(new Usage(limits(path), now.today()));
    }

    /** Lets an app begin its day anew and says whether it may: 10 times a month. */
    public synchronized boolean clear(String appId) {
        YearMonth month = YearMonth.from(Beijing.day(clock.instant()));
        Clearings before = clearings.getOrDefault(appId, new Clearings(month, 0));
        int times = before.month().equals(month) ? before.times() : 0;
        if (times >= CLEARINGS_PER_MONTH) {
            return false;
        }
        clearings.put(appId, new Clearings(month, times + 1));
        counts.keySet().removeIf(caller -> caller.appId().equals(appId));
        return true;
    }

    private Limits limits(String path) {
        return chosen.getOrDefault(path, Limits.atFirst(path));
    }
}

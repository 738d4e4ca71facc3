package io.miniplane.server.notification.infrastructure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.notification.application.TellingCount;
import io.miniplane.server.notification.application.Told;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts as {@code miniplane_notifications_total{outcome}}; every outcome is there from the start, at 0. */
final class TellingCounter implements TellingCount {

    private final Map<Told, Counter> counters = new EnumMap<>(Told.class);

    TellingCounter(MeterRegistry meters) {
        Arrays.stream(Told.values()).forEach(told -> counters.put(told, counter(told, meters)));
    }

    @Override
    public void add(Told told) {
        Objects.requireNonNull(counters.get(told)).increment();
    }

    private static Counter counter(Told told, MeterRegistry meters) {
        return Counter.builder("miniplane.notifications")
                .description("Attempts to tell buyers by a subscribe message how their orders go, by what came of them")
                .tag("outcome", told.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}

package io.miniplane.server.feature.infrastructure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** How often flags were evaluated and with which outcome, and whether their file is right. */
final class FlagMeters {

    /** Where the flag file could not tell: it has no such flag, or not of this kind. */
    static final String UNDECIDED = "none";

    private static final String UNKNOWN = "unknown";

    private final MeterRegistry registry;
    private final Counter broken;
    private final AtomicInteger stale = new AtomicInteger();

    FlagMeters(MeterRegistry registry) {
        this.registry = registry;
        this.broken = Counter.builder("miniplane.feature.file.failures")
                .description("How often the feature flag file had become something that could not be loaded")
                .register(registry);
        Gauge.builder("miniplane.feature.file.stale", stale, AtomicInteger::get)
                .description("1 while the feature flag file has changed into something that cannot be loaded")
                .register(registry);
        evaluations(UNKNOWN, UNDECIDED);
    }

    /** Counts from 0 what can come of these flags. */
    void expect(FlagDefinitions definitions) {
        definitions.flags().forEach((name, flag) -> flag.variants().forEach(variant -> evaluations(name, variant)));
    }

    void fresh() {
        stale.set(0);
    }

    void broken() {
        stale.set(1);
        broken.increment();
    }

    /** Only names that a flag file has had become labels. */
    void evaluated(String name, String variant, FlagDefinitions definitions) {
        boolean known = definitions.flags().containsKey(name);
        evaluations(known ? name : UNKNOWN, known ? variant : UNDECIDED).increment();
    }

    private Counter evaluations(String name, String variant) {
        return Counter.builder("miniplane.feature.evaluations")
                .description("Evaluations of feature flags")
                .tags("feature", name, "variant", variant)
                .register(registry);
    }
}

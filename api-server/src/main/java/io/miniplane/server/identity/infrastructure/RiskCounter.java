package io.miniplane.server.identity.infrastructure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.identity.application.RiskVerdicts;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts verdicts as {@code miniplane_login_risk_checks_total{verdict}}; every verdict is there from the start, at 0. */
final class RiskCounter implements RiskVerdicts {

    private final Map<Verdict, Counter> counters = new EnumMap<>(Verdict.class);

    RiskCounter(MeterRegistry meters) {
        Arrays.stream(Verdict.values()).forEach(verdict -> counters.put(verdict, counter(verdict, meters)));
    }

    @Override
    public void add(Verdict verdict) {
        Objects.requireNonNull(counters.get(verdict)).increment();
    }

    private static Counter counter(Verdict verdict, MeterRegistry meters) {
        return Counter.builder("miniplane.login.risk.checks")
                .description("Questions to WeChat how risky a user is who logs in, by what came of them")
                .tag("verdict", verdict.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}

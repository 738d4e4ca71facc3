package io.miniplane.server.wechat.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.wechat.application.ReceivePush;
import io.miniplane.server.wechat.domain.PushRefusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Counts pushes by how they came out, as {@code miniplane_wechat_pushes_total{outcome}}; every outcome is there from the start, at 0. */
@Component
final class PushCounter {

    private static final String CHECKED = "checked";
    private static final String UNAVAILABLE = "unavailable";

    private final Map<String, Counter> counters;

    PushCounter(MeterRegistry meters) {
        Stream<Enum<?>> outcomes =
                Stream.concat(Arrays.stream(ReceivePush.Outcome.values()), Arrays.stream(PushRefusal.Reason.values()));
        counters = Stream.concat(outcomes.map(PushCounter::label), Stream.of(CHECKED, UNAVAILABLE))
                .collect(Collectors.toUnmodifiableMap(label -> label, label -> counter(label, meters)));
    }

    void checked() {
        count(CHECKED);
    }

    void taken(ReceivePush.Outcome outcome) {
        count(label(outcome));
    }

    void failed(Throwable error) {
        count(error instanceof PushRefusal refusal ? label(refusal.reason()) : UNAVAILABLE);
    }

    private void count(String label) {
        Objects.requireNonNull(counters.get(label)).increment();
    }

    private static String label(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static Counter counter(String label, MeterRegistry meters) {
        return Counter.builder("miniplane.wechat.pushes")
                .description("Pushes of WeChat by how they came out")
                .tag("outcome", label)
                .register(meters);
    }
}

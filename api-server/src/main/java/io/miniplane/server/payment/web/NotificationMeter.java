package io.miniplane.server.payment.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.payment.application.TakeNotification;
import io.miniplane.server.wechat.PayNotificationRefused;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Counts notifications by how they came out, as {@code miniplane_pay_notifications_total{outcome}}; every outcome is there from the start, at 0. */
@Component
final class NotificationMeter {

    private static final String UNAVAILABLE = "unavailable";

    private final Map<String, Counter> counters;

    NotificationMeter(MeterRegistry meters) {
        Stream<Enum<?>> outcomes = Stream.concat(
                Arrays.stream(TakeNotification.Outcome.values()),
                Arrays.stream(PayNotificationRefused.Reason.values()));
        counters = Stream.concat(outcomes.map(NotificationMeter::label), Stream.of(UNAVAILABLE))
                .collect(Collectors.toUnmodifiableMap(label -> label, label -> counter(label, meters)));
    }

    void taken(TakeNotification.Outcome outcome) {
        count(label(outcome));
    }

    void failed(Throwable error) {
        count(error instanceof PayNotificationRefused refused ? label(refused.reason()) : UNAVAILABLE);
    }

    private void count(String label) {
        Objects.requireNonNull(counters.get(label)).increment();
    }

    private static String label(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static Counter counter(String label, MeterRegistry meters) {
        return Counter.builder("miniplane.pay.notifications")
                .description("Notifications of WeChat Pay by how they came out")
                .tag("outcome", label)
                .register(meters);
    }
}

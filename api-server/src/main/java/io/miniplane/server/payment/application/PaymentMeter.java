package io.miniplane.server.payment.application;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what becomes of payments, as {@code miniplane_payments_total{outcome}}; every outcome is there from the start, at 0. */
public final class PaymentMeter {

    private static final String PREPARED = "prepared";
    private static final String NOT_PREPARED = "not_prepared";
    private static final String REFUND_REQUESTED = "refund_requested";

    private final Map<String, Counter> counters;

    /** Registers the counters. */
    public PaymentMeter(MeterRegistry meters) {
        counters = Stream.concat(
                        Arrays.stream(ApplyNews.Outcome.values()).map(PaymentMeter::label),
                        Stream.of(PREPARED, NOT_PREPARED, REFUND_REQUESTED))
                .collect(Collectors.toUnmodifiableMap(label -> label, label -> counter(label, meters)));
    }

    /** The parameters of a payment were told to its buyer. */
    public void prepared() {
        count(PREPARED);
    }

    /** They were not. */
    public void notPrepared() {
        count(NOT_PREPARED);
    }

    /** Staff asked for a refund. */
    public void refundRequested() {
        count(REFUND_REQUESTED);
    }

    /** News was handled. */
    public void handled(ApplyNews.Outcome outcome) {
        count(label(outcome));
    }

    private void count(String label) {
        Objects.requireNonNull(counters.get(label)).increment();
    }

    private static String label(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static Counter counter(String label, MeterRegistry meters) {
        return Counter.builder("miniplane.payments")
                .description("What became of payments and refunds")
                .tag("outcome", label)
                .register(meters);
    }
}

package io.miniplane.operator.metrics;

/** Where the autoscaler of workers reads how many events wait. */
public sealed interface MetricSource {

    /** A provider that the team runs. */
    record External() implements MetricSource {}

    /** KEDA, which asks this operator. */
    record Keda() implements MetricSource {}

    /** This operator. */
    record Operator() implements MetricSource {}

    /**
     * Nowhere, so workers follow their CPU use alone.
     *
     * @param reason in one CamelCase word
     * @param message in a sentence that says what to change
     */
    record None(String reason, String message) implements MetricSource {}
}

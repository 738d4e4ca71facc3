package io.miniplane.simulator.push;

/**
 * What came of many pushes.
 *
 * @param pushes how many were ordered
 * @param accepted how many of them were acknowledged
 * @param deliveries all deliveries, repeats included
 * @param slowestMillis how long the slowest answer took
 */
public record PushSummary(int pushes, int accepted, int deliveries, long slowestMillis) {

    static final PushSummary NONE = new PushSummary(0, 0, 0, 0);

    PushSummary plus(Push push) {
        long slowest =
                push.deliveries().stream().mapToLong(Delivery::millis).max().orElse(0);
        return new PushSummary(
                pushes + 1,
                accepted + (push.state() == Push.State.ACCEPTED ? 1 : 0),
                deliveries + push.deliveries().size(),
                Math.max(slowestMillis, slowest));
    }
}

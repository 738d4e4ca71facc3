package io.miniplane.simulator.pay;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A notification and its deliveries so far.
 *
 * @param id WeChat's id of the notification, the same in every delivery
 * @param eventType what happened
 * @param outTradeNo the merchant's number of the order
 * @param at the simulated time it was made
 * @param url where it goes
 * @param fault the name of what is wrong with it, empty for nothing
 * @param deliveries the oldest first
 * @param state what became of it
 */
public record Notice(
        String id,
        String eventType,
        String outTradeNo,
        Instant at,
        String url,
        String fault,
        List<Delivery> deliveries,
        State state) {

    private static final int KEPT = 500;

    /** Copies the deliveries. */
    public Notice {
        deliveries = List.copyOf(deliveries);
    }

    /** What became of a notification. */
    public enum State {
        /** More deliveries follow. */
        UNDER_WAY,
        /** A delivery was acknowledged. */
        ACCEPTED,
        /** No delivery was acknowledged, and none follows. */
        GIVEN_UP
    }

    /**
     * One delivery and what came of it.
     *
     * @param number 1 for the first
     * @param at the real time it began
     * @param millis how long the answer took
     * @param status the HTTP status, 0 when there was none
     * @param answer the first 500 characters of the answer
     * @param accepted whether WeChat Pay takes it for an acknowledgement
     * @param problem what went wrong, empty when nothing did
     */
    public record Delivery(
            int number, Instant at, long millis, int status, String answer, boolean accepted, String problem) {

        static Delivery answered(int number, Instant at, long millis, int status, String answer) {
            boolean accepted = status == 200 || status == 204;
            String problem = accepted ? "" : "The status is neither 200 nor 204, so it counts as not delivered.";
            String cut = answer.length() <= KEPT ? answer : answer.substring(0, KEPT) + "…";
            return new Delivery(number, at, millis, status, cut, accepted, problem);
        }

        static Delivery failed(int number, Instant at, long millis, String problem) {
            return new Delivery(number, at, millis, 0, "", false, problem);
        }
    }

    Notice with(Delivery delivery) {
        List<Delivery> all =
                Stream.concat(deliveries.stream(), Stream.of(delivery)).toList();
        return new Notice(id, eventType, outTradeNo, at, url, fault, all, state);
    }

    /** Whether a delivery was acknowledged. */
    public boolean accepted() {
        return deliveries.stream().anyMatch(Delivery::accepted);
    }

    Notice ended() {
        State end = accepted() ? State.ACCEPTED : State.GIVEN_UP;
        return new Notice(id, eventType, outTradeNo, at, url, fault, deliveries, end);
    }
}

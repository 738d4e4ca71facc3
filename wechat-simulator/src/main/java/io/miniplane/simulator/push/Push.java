package io.miniplane.simulator.push;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A push and its deliveries so far.
 *
 * @param id counts the pushes of a simulator
 * @param appId the app whose callback it went to
 * @param kind the event or the type of the message
 * @param at the simulated time it was ordered
 * @param fault the name of what is wrong with it, empty for nothing
 * @param message the message in JSON, cut after 4,000 characters
 * @param deliveries the oldest first
 * @param state what became of it
 */
public record Push(
        long id,
        String appId,
        String kind,
        Instant at,
        String fault,
        String message,
        List<Delivery> deliveries,
        State state) {

    private static final int KEPT = 4000;

    /** @param deliveries are copied */
    public Push {
        deliveries = List.copyOf(deliveries);
    }

    /** What became of a push. */
    public enum State {
        /** More deliveries follow. */
        UNDER_WAY,
        /** A delivery was acknowledged. */
        ACCEPTED,
        /** No delivery was acknowledged, and none follows. */
        GIVEN_UP
    }

    static Push of(long id, PushOrder order, Instant at) {
        String event = order.message().path("Event").stringValue("");
        String kind = event.isEmpty() ? order.message().path("MsgType").stringValue("message") : event;
        String fault = order.fault() == null ? "" : order.fault().text();
        String text = order.message().toString();
        String message = text.length() <= KEPT ? text : text.substring(0, KEPT) + "…";
        return new Push(id, order.appId(), kind, at, fault, message, List.of(), State.UNDER_WAY);
    }

    Push with(Delivery delivery) {
        List<Delivery> all =
                Stream.concat(deliveries.stream(), Stream.of(delivery)).toList();
        return new Push(id, appId, kind, at, fault, message, all, state);
    }

    Push ended() {
        boolean accepted = deliveries.stream().anyMatch(Delivery::accepted);
        State end = accepted ? State.ACCEPTED : State.GIVEN_UP;
        return new Push(id, appId, kind, at, fault, message, deliveries, end);
    }
}

package io.miniplane.simulator.http;

/** Answers calls from memory, so it may run on an event loop. */
@FunctionalInterface
public interface Endpoint {

    /**
     * Answers a call.
     *
     * @throws Refusal when the rules of WeChat refuse it
     */
    Reply answer(Call call);

    /** What faults and the log of requests know a call by. */
    default String name(Call call) {
        return call.path();
    }

    /** An error that a fault makes, as answers of this endpoint leave. */
    default Reply finished(Call call, Reply reply) {
        return reply;
    }
}

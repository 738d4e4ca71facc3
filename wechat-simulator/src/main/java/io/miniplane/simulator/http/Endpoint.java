package io.miniplane.simulator.http;

/** Answers the calls of one path from memory, so it may run on an event loop. */
@FunctionalInterface
public interface Endpoint {

    /**
     * Answers a call.
     *
     * @throws Refusal when the rules of WeChat refuse it
     */
    Reply answer(Call call);
}

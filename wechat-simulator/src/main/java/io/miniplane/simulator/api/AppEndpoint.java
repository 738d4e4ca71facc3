package io.miniplane.simulator.api;

import io.miniplane.simulator.http.Reply;

/** Answers calls that were let in. */
@FunctionalInterface
interface AppEndpoint {

    /**
     * Answers a call.
     *
     * @throws io.miniplane.simulator.http.Refusal when the rules of WeChat refuse it
     */
    Reply answer(AppCall call);
}

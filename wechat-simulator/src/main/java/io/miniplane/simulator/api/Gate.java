package io.miniplane.simulator.api;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.Endpoint;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.World;

/** Lets calls in that show a valid access token. */
final class Gate {

    private final World world;

    Gate(World world) {
        this.world = world;
    }

    /** An endpoint that takes GET alone. */
    Endpoint get(AppEndpoint endpoint) {
        return call -> {
            call.requireGet();
            return pass(call, endpoint);
        };
    }

    /** An endpoint that takes POST alone. */
    Endpoint post(AppEndpoint endpoint) {
        return call -> {
            call.requirePost();
            return pass(call, endpoint);
        };
    }

    /** An endpoint that takes every method. */
    Endpoint any(AppEndpoint endpoint) {
        return call -> pass(call, endpoint);
    }

    private Reply pass(Call call, AppEndpoint endpoint) {
        String appId = Credentials.appOf(world.tokens(), call.query("access_token", ErrCode.TOKEN_MISSING));
        return endpoint.answer(new AppCall(appId, call));
    }
}

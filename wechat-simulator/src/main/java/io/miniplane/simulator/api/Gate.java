package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.security.CallSecurity;
import io.miniplane.simulator.world.World;
import java.util.Map;

/** Lets calls in that show a valid access token and stay within the limits of their app, and opens sealed ones. */
final class Gate {

    private static final Map<String, ErrCode> OTHER_CODES_OF_MINUTES =
            Map.of("/wxa/msg_sec_check", ErrCode.MINUTE_QUOTA, "/wxa/media_check_async", ErrCode.MINUTE_QUOTA);
    private static final Map<String, ErrCode> OTHER_CODES_OF_DAYS =
            Map.of("/wxa/generatescheme", ErrCode.LINKS_OF_DAY, "/wxa/generate_urllink", ErrCode.LINKS_OF_DAY);

    private final World world;
    private final CallSecurity security;

    Gate(World world) {
        this.world = world;
        this.security = new CallSecurity(world);
    }

    /** Puts an endpoint behind a path that takes GET alone. */
    void get(ApiRoutes routes, String path, AppEndpoint endpoint) {
        register(routes, path, call -> {
            call.call().requireGet();
            return endpoint.answer(call);
        });
    }

    /** Puts an endpoint behind a path that takes POST alone. */
    void post(ApiRoutes routes, String path, AppEndpoint endpoint) {
        register(routes, path, call -> {
            call.call().requirePost();
            return endpoint.answer(call);
        });
    }

    /** Puts an endpoint behind a path that takes every method. */
    void any(ApiRoutes routes, String path, AppEndpoint endpoint) {
        register(routes, path, endpoint);
    }

    private void register(ApiRoutes routes, String path, AppEndpoint endpoint) {
        world.quotas().declare(path);
        routes.register(path, call -> pass(call, endpoint));
    }

    private Reply pass(Call call, AppEndpoint endpoint) {
        String appId = Credentials.appOf(world.tokens(), call.query("access_token", ErrCode.TOKEN_MISSING));
        count(appId, call.path());
        return security.answer(appId, call, opened -> endpoint.answer(new AppCall(appId, opened)));
    }

    /** Counts a call; refuses it when a limit is met. */
    void count(String appId, String path) {
        switch (world.quotas().take(appId, path)) {
            case WITHIN -> {}
            case SECOND_USED_UP -> throw new Refusal(ErrCode.PER_SECOND);
            case MINUTE_USED_UP -> throw new Refusal(OTHER_CODES_OF_MINUTES.getOrDefault(path, ErrCode.TOO_FREQUENT));
            case DAY_USED_UP -> throw new Refusal(OTHER_CODES_OF_DAYS.getOrDefault(path, ErrCode.DAILY_QUOTA));
        }
    }
}

package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.AccessTokens;
import io.miniplane.simulator.world.AccessTokens.IssuedToken;
import io.miniplane.simulator.world.World;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Access tokens by the classic and the stable endpoint. */
public final class TokenApi implements ApiFamily {

    private static final String CLASSIC = "/cgi-bin/token";
    private static final String STABLE = "/cgi-bin/stable_token";

    private final World world;
    private final Gate gate;

    /** Tokens of this world. */
    public TokenApi(World world) {
        this.world = world;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        List.of(CLASSIC, STABLE).forEach(world.quotas()::declare);
        routes.register(CLASSIC, this::classic);
        routes.register(STABLE, this::stable);
    }

    private Reply classic(Call call) {
        call.requireGet();
        checkGrantType(call.query().getOrDefault("grant_type", ""));
        String appId = call.query("appid", ErrCode.APPID_MISSING);
        Credentials.check(world.apps(), appId, call.query("secret", ErrCode.SECRET_MISSING));
        gate.count(appId, CLASSIC);
        return reply(world.tokens().classic(appId));
    }

    private Reply stable(Call call) {
        call.requirePost();
        JsonNode body = call.json();
        checkGrantType(body.path("grant_type").stringValue(""));
        String appId = Call.text(body, "appid", ErrCode.APPID_MISSING);
        Credentials.check(world.apps(), appId, Call.text(body, "secret", ErrCode.SECRET_MISSING));
        gate.count(appId, STABLE);
        AccessTokens tokens = world.tokens();
        return body.path("force_refresh").booleanValue(false)
                ? reply(tokens.forced(appId).orElseThrow(() -> new Refusal(ErrCode.DAILY_QUOTA)))
                : reply(tokens.stable(appId));
    }

    private static void checkGrantType(String grantType) {
        if (!grantType.equals("client_credential")) {
            throw new Refusal(ErrCode.INVALID_GRANT_TYPE);
        }
    }

    private Reply reply(IssuedToken token) {
        return Reply.ok(Json.object()
                .put("access_token", token.value())
                .put("expires_in", world.tokens().secondsLeft(token)));
    }
}

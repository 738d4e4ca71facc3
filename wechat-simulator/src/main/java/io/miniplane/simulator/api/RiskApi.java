package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.RandomText;
import io.miniplane.simulator.world.User;
import io.miniplane.simulator.world.World;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How risky WeChat holds a user. */
public final class RiskApi implements ApiFamily {

    private static final Duration ACTIVE = Duration.ofHours(2);
    private static final int LAST_SCENE = 2;

    private final World world;
    private final Gate gate;

    /** Risks of this world. */
    public RiskApi(World world) {
        this.world = world;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.post(routes, "/wxa/getuserriskrank", this::rank);
    }

    private Reply rank(AppCall call) {
        JsonNode body = call.json();
        if (!Call.text(body, "appid", ErrCode.INVALID_ARGUMENTS).equals(call.appId())) {
            throw new Refusal(ErrCode.APPID_MISMATCH);
        }
        AppCall.number(body, "scene", 0, LAST_SCENE, ErrCode.INVALID_ARGUMENTS);
        Call.text(body, "client_ip", ErrCode.INVALID_ARGUMENTS);
        User user = Credentials.activeUser(world, call.appId(), body, ACTIVE);
        ObjectNode reply = Json.ok().put("risk_rank", world.riskRanks().of(user.openId()));
        if (user.unionId() != null) {
            reply.put("unoin_id", RandomText.digits(10));
        }
        return Reply.ok(reply);
    }
}

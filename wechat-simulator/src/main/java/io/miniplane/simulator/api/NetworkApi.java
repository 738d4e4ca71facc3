package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.World;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The addresses of WeChat, all of which are this machine here, and a check of the way between. */
public final class NetworkApi implements ApiFamily {

    private static final String HERE = "127.0.0.1";
    private static final Set<String> ACTIONS = Set.of("dns", "ping", "all");
    private static final Set<String> OPERATORS = Set.of("CHINANET", "UNICOM", "CAP", "DEFAULT");

    private final Gate gate;

    /** The network of this world. */
    public NetworkApi(World world) {
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.post(routes, "/cgi-bin/callback/check", NetworkApi::check);
        gate.get(routes, "/cgi-bin/getcallbackip", NetworkApi::addresses);
        gate.get(routes, "/cgi-bin/get_api_domain_ip", NetworkApi::addresses);
    }

    private static Reply check(AppCall call) {
        JsonNode body = call.json();
        String action = Call.text(body, "action", ErrCode.INVALID_ACTION);
        String operator = Call.text(body, "check_operator", ErrCode.INVALID_OPERATOR);
        if (!ACTIONS.contains(action)) {
            throw new Refusal(ErrCode.INVALID_ACTION);
        }
        if (!OPERATORS.contains(operator)) {
            throw new Refusal(ErrCode.INVALID_OPERATOR);
        }
        ObjectNode reply = Json.object();
        if (!action.equals("ping")) {
            reply.putArray("dns").addObject().put("ip", HERE).put("real_operator", operator);
        }
        if (!action.equals("dns")) {
            reply.putArray("ping")
                    .addObject()
                    .put("ip", HERE)
                    .put("from_operator", operator)
                    .put("package_loss", "0%")
                    .put("time", "0.1ms");
        }
        return Reply.ok(reply);
    }

    private static Reply addresses(AppCall call) {
        ObjectNode reply = Json.object();
        reply.putArray("ip_list").add(HERE);
        return Reply.ok(reply);
    }
}

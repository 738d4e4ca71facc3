package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.RefusedCalls;
import io.miniplane.simulator.http.RefusedCalls.RefusedCall;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.Limits;
import io.miniplane.simulator.world.Quotas.Usage;
import io.miniplane.simulator.world.World;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What an app has called, and what became of it. */
public final class UsageApi implements ApiFamily {

    private static final Pattern REQUEST_ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}");
    private static final int MINUTE = 60;

    private final World world;
    private final RefusedCalls refused;
    private final Gate gate;

    /** The calls of this world's apps. */
    public UsageApi(World world, RefusedCalls refused) {
        this.world = world;
        this.refused = refused;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.post(routes, "/cgi-bin/openapi/quota/get", this::quota);
        gate.post(routes, "/cgi-bin/openapi/rid/get", this::request);
        gate.post(routes, "/cgi-bin/clear_quota", this::clear);
        routes.register("/cgi-bin/clear_quota/v2", this::clearBySecret);
    }

    private Reply quota(AppCall call) {
        String path = Call.text(call.json(), "cgi_path", ErrCode.PATH_UNKNOWN);
        if (path.startsWith("/sns/")) {
            throw new Refusal(ErrCode.PATH_NOT_COUNTED);
        }
        Usage usage = world.quotas().usage(call.appId(), path).orElseThrow(() -> new Refusal(ErrCode.PATH_UNKNOWN));
        Limits limits = usage.limits();
        ObjectNode reply = Json.ok();
        reply.putObject("quota")
                .put("daily_limit", limits.perDay())
                .put("used", usage.today())
                .put("remain", limits.perDay() - usage.today());
        ObjectNode rate = reply.putObject("rate_limit");
        if (limits.perSecond() != null) {
            putRate(rate, limits.perSecond(), 1);
        } else {
            putRate(rate, limits.perMinute(), MINUTE);
        }
        return Reply.ok(reply);
    }

    private static void putRate(ObjectNode rate, @Nullable Integer calls, int seconds) {
        if (calls != null) {
            rate.put("call_count", calls).put("refresh_second", seconds);
        }
    }

    private Reply request(AppCall call) {
        String requestId = Call.text(call.json(), "rid", ErrCode.REQUEST_MALFORMED);
        if (!REQUEST_ID.matcher(requestId).matches()) {
            throw new Refusal(ErrCode.REQUEST_MALFORMED);
        }
        RefusedCall found = refused.find(requestId).orElseThrow(() -> new Refusal(ErrCode.REQUEST_UNKNOWN));
        if (!found.appId().filter(call.appId()::equals).isPresent()) {
            throw new Refusal(ErrCode.REQUEST_OF_ANOTHER);
        }
        if (refused.isOver(found)) {
            throw new Refusal(ErrCode.REQUEST_TOO_OLD);
        }
        ObjectNode reply = Json.ok();
        reply.putObject("request")
                .put("invoke_time", found.at().getEpochSecond())
                .put("cost_in_ms", found.millis())
                .put("request_url", found.url())
                .put("request_body", found.requestBody())
                .put("response_body", found.responseBody())
                .put("client_ip", found.clientAddress());
        return Reply.ok(reply);
    }

    private Reply clear(AppCall call) {
        if (!Call.text(call.json(), "appid", ErrCode.INVALID_APPID).equals(call.appId())) {
            throw new Refusal(ErrCode.INVALID_APPID);
        }
        return clear(call.appId());
    }

    private Reply clearBySecret(Call call) {
        call.requirePost();
        String appId = call.query("appid", ErrCode.APPID_MISSING);
        Credentials.check(world.apps(), appId, call.query("appsecret", ErrCode.SECRET_MISSING));
        return clear(appId);
    }

    private Reply clear(String appId) {
        if (!world.quotas().clear(appId)) {
            throw new Refusal(ErrCode.CLEARED_TOO_OFTEN);
        }
        return Reply.ok();
    }
}

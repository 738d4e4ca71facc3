package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.OneTimeCodes.Ticket;
import io.miniplane.simulator.world.PhoneNumber;
import io.miniplane.simulator.world.User;
import io.miniplane.simulator.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The exchange of a code of the phone number button for the number. */
public final class PhoneApi implements ApiFamily {

    private final World world;
    private final Gate gate;

    /** Phone numbers of this world. */
    public PhoneApi(World world) {
        this.world = world;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.post(routes, "/wxa/business/getuserphonenumber", this::phoneNumber);
    }

    private Reply phoneNumber(AppCall call) {
        String appId = call.appId();
        JsonNode body = call.json();
        String code = Call.text(body, "code", ErrCode.INVALID_ARGUMENTS);
        User user = redeem(appId, code, body.path("openid").stringValue(""));
        ObjectNode reply = Json.ok();
        reply.set("phone_info", phoneInfo(appId, user.phoneNumber()));
        return Reply.ok(reply);
    }

    private User redeem(String appId, String code, String openId) {
        Ticket ticket = world.phoneCodes().find(code).orElseThrow(() -> new Refusal(ErrCode.INVALID_CODE));
        if (!ticket.appId().equals(appId)) {
            throw new Refusal(ErrCode.INVALID_APPID);
        }
        if (!openId.isEmpty() && !openId.equals(ticket.openId())) {
            throw new Refusal(ErrCode.INVALID_OPENID);
        }
        if (!world.phoneCodes().use(code)) {
            throw new Refusal(ErrCode.INVALID_CODE);
        }
        return world.users().find(ticket.openId()).orElseThrow(() -> new Refusal(ErrCode.INVALID_CODE));
    }

    private ObjectNode phoneInfo(String appId, PhoneNumber phone) {
        ObjectNode info = Json.object()
                .put("phoneNumber", phone.withPrefix())
                .put("purePhoneNumber", phone.number())
                .put("countryCode", phone.countryCode());
        info.set(
                "watermark",
                Json.object()
                        .put("timestamp", world.clock().instant().getEpochSecond())
                        .put("appid", appId));
        return info;
    }
}

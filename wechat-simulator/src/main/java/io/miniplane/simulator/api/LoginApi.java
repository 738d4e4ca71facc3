package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.CallsPerMinute;
import io.miniplane.simulator.world.OneTimeCodes.Ticket;
import io.miniplane.simulator.world.User;
import io.miniplane.simulator.world.World;
import tools.jackson.databind.node.ObjectNode;

/** Login: the exchange of a code of {@code wx.login} for a session key. */
public final class LoginApi implements ApiFamily {

    private static final int LOGINS_PER_MINUTE = 100;

    private final World world;
    private final CallsPerMinute rate;

    /** Logins into this world. */
    public LoginApi(World world) {
        this.world = world;
        this.rate = new CallsPerMinute(world.clock(), LOGINS_PER_MINUTE);
    }

    @Override
    public void register(ApiRoutes routes) {
        routes.register("/sns/jscode2session", this::codeToSession);
    }

    private Reply codeToSession(Call call) {
        call.requireGet();
        String appId = call.query("appid", ErrCode.APPID_MISSING);
        String secret = call.query("secret", ErrCode.SECRET_MISSING);
        String code = call.query("js_code", ErrCode.CODE_MISSING);
        if (!call.query("grant_type", ErrCode.INVALID_GRANT_TYPE).equals("authorization_code")) {
            throw new Refusal(ErrCode.INVALID_GRANT_TYPE);
        }
        Credentials.check(world.apps(), appId, secret);
        User user = redeem(appId, code);
        if (user.highRisk()) {
            throw new Refusal(ErrCode.USER_BLOCKED);
        }
        return Reply.ok(session(appId, user));
    }

    private User redeem(String appId, String code) {
        Ticket ticket = world.loginCodes()
                .find(code)
                .filter(found -> found.appId().equals(appId))
                .orElseThrow(() -> new Refusal(ErrCode.INVALID_CODE));
        if (ticket.used()) {
            throw new Refusal(ErrCode.CODE_USED);
        }
        if (!rate.allow(ticket.openId())) {
            throw new Refusal(ErrCode.TOO_FREQUENT);
        }
        if (!world.loginCodes().use(code)) {
            throw new Refusal(ErrCode.CODE_USED);
        }
        return world.users().find(ticket.openId()).orElseThrow(() -> new Refusal(ErrCode.INVALID_CODE));
    }

    private ObjectNode session(String appId, User user) {
        ObjectNode session = Json.object()
                .put("session_key", world.sessionKeys().renew(appId, user.openId()))
                .put("openid", user.openId());
        if (user.unionId() != null) {
            session.put("unionid", user.unionId());
        }
        return session;
    }
}

package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.UserKeys.UserKey;
import io.miniplane.simulator.world.World;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a server does with a session key after the login, and the keys per user; each call is signed with the session key. */
public final class SessionApi implements ApiFamily {

    private static final String HMAC = "HmacSHA256";

    private final World world;
    private final Gate gate;

    /** Sessions of this world. */
    public SessionApi(World world) {
        this.world = world;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.get(routes, "/wxa/checksession", this::check);
        gate.get(routes, "/wxa/resetusersessionkey", this::reset);
        gate.any(routes, "/wxa/business/getuserencryptkey", this::userKeys);
    }

    private Reply check(AppCall call) {
        proven(call, "");
        return Reply.ok();
    }

    private Reply reset(AppCall call) {
        String openId = proven(call, "");
        return Reply.ok(Json.ok()
                .put("openid", openId)
                .put("session_key", world.sessionKeys().renew(call.appId(), openId)));
    }

    private Reply userKeys(AppCall call) {
        String openId = proven(call, call.call().body());
        ObjectNode reply = Json.ok();
        ArrayNode list = reply.putArray("key_info_list");
        Instant now = world.clock().instant();
        world.userKeys().newest(call.appId(), openId).forEach(key -> list.add(describe(key, now)));
        return Reply.ok(reply);
    }

    private static ObjectNode describe(UserKey key, Instant now) {
        return Json.object()
                .put("encrypt_key", key.encryptKey())
                .put("iv", key.iv())
                .put("version", key.version())
                .put("expire_in", key.secondsLeft(now))
                .put("create_time", key.createdAt().getEpochSecond());
    }

    /** The user whose living session key signed the message. */
    private String proven(AppCall appCall, String message) {
        Call call = appCall.call();
        String openId = call.query("openid", ErrCode.INVALID_ARGUMENTS);
        String signature = call.query("signature", ErrCode.INVALID_ARGUMENTS);
        if (!call.query("sig_method", ErrCode.INVALID_ARGUMENTS).equals("hmac_sha256")) {
            throw new Refusal(ErrCode.INVALID_SIG_METHOD);
        }
        String key = world.sessionKeys()
                .live(appCall.appId(), openId)
                .orElseThrow(() -> new Refusal(ErrCode.SESSION_KEY_MISSING));
        byte[] shown = signature.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(sign(key, message).getBytes(StandardCharsets.UTF_8), shown)) {
            throw new Refusal(ErrCode.INVALID_SIGNATURE);
        }
        return openId;
    }

    /** HMAC-SHA256 with the text of the session key, not its bytes, in lower-case hexadecimal digits. */
    static String sign(String sessionKey, String message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(sessionKey.getBytes(StandardCharsets.UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has " + HMAC, impossible);
        }
    }
}

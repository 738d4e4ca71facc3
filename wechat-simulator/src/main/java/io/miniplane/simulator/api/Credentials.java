package io.miniplane.simulator.api;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.world.AccessTokens;
import io.miniplane.simulator.world.Apps;
import io.miniplane.simulator.world.User;
import io.miniplane.simulator.world.World;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Checks what a server shows to prove which app it speaks for. */
final class Credentials {

    private Credentials() {}

    /** Refuses an unknown app or a wrong secret. */
    static void check(Apps apps, String appId, String secret) {
        if (!apps.knows(appId)) {
            throw new Refusal(ErrCode.INVALID_APPID);
        }
        if (!apps.isSecret(appId, secret)) {
            throw new Refusal(ErrCode.INVALID_SECRET);
        }
    }

    /** The app that an access token speaks for; refuses a token that is not valid. */
    static String appOf(AccessTokens tokens, String token) {
        return switch (tokens.verify(token)) {
            case VALID -> tokens.appOf(token).orElseThrow(() -> new Refusal(ErrCode.TOKEN_EXPIRED));
            case NOT_NEWEST -> throw new Refusal(ErrCode.INVALID_CREDENTIAL);
            case MALFORMED -> throw new Refusal(ErrCode.INVALID_ACCESS_TOKEN);
            case EXPIRED -> throw new Refusal(ErrCode.TOKEN_EXPIRED);
        };
    }

    /** The user whom a body names by {@code openid}; refuses one that there is not, or who was not in the app of late. */
    static User activeUser(World world, String appId, JsonNode body, Duration within) {
        User user = world.users()
                .find(Call.text(body, "openid", ErrCode.INVALID_OPENID))
                .orElseThrow(() -> new Refusal(ErrCode.INVALID_OPENID));
        if (!world.visits().within(appId, user.openId(), within)) {
            throw new Refusal(ErrCode.USER_INACTIVE);
        }
        return user;
    }
}

package io.miniplane.simulator.control;

import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import io.miniplane.simulator.world.Profile;
import io.miniplane.simulator.world.TokenVerdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The JSON bodies of the control API. */
final class Orders {

    private Orders() {}

    record NewApp(@Nullable String secret) {}

    record NewUser(
            @Nullable String openId,
            @Nullable String unionId,
            @Nullable String phoneNumber,
            @Nullable Boolean highRisk,
            @Nullable String nickname,
            @Nullable String avatarUrl,
            @Nullable Integer gender,
            @Nullable String language) {

        @Nullable
        Profile profile() {
            return nickname == null
                    ? null
                    : new Profile(
                            nickname,
                            avatarUrl == null ? "" : avatarUrl,
                            gender == null ? 0 : gender,
                            language == null ? "zh_CN" : language,
                            "",
                            "",
                            "");
        }
    }

    record NewCode(@Nullable String appId, @Nullable String openId) {}

    record Advance(@Nullable Long advanceSeconds) {}

    record ContentType(@Nullable String contentType) {}

    record EndTokens(@Nullable Integer errcode, @Nullable Boolean handedOutStill) {

        TokenVerdict verdict() {
            return switch (errcode) {
                case null -> TokenVerdict.EXPIRED;
                case 42001 -> TokenVerdict.EXPIRED;
                case 40001 -> TokenVerdict.NOT_NEWEST;
                case 40014 -> TokenVerdict.MALFORMED;
                default ->
                    throw new IllegalArgumentException("The \"errcode\" of an ended token is 42001, 40001 or 40014.");
            };
        }
    }

    record NewFault(
            @Nullable String path,
            @Nullable String kind,
            @Nullable Long millis,
            @Nullable Integer errcode,
            @Nullable String errmsg,
            @Nullable Integer status,
            @Nullable String code,
            @Nullable String body,
            @Nullable Boolean afterwards,
            @Nullable Integer times) {

        Fault fault() {
            return new Fault(required(path, "path"), effect(), times);
        }

        private Effect effect() {
            return switch (required(kind, "kind")) {
                case "latency" -> new Effect.Latency(delay());
                case "errcode" ->
                    new Effect.Errcode(required(errcode, "errcode"), errmsg == null ? "injected" : errmsg);
                case "disconnect" -> new Effect.Disconnect(Boolean.TRUE.equals(afterwards));
                case "garbage" -> new Effect.Garbage(body == null ? "<html>garbage</html>" : body);
                case "failure" ->
                    new Effect.Failure(httpStatus(), required(code, "code"), errmsg == null ? "injected" : errmsg);
                case "status" -> new Effect.Status(httpStatus());
                default ->
                    throw new IllegalArgumentException(
                            "The \"kind\" of a fault is latency, errcode, disconnect, garbage, failure or status.");
            };
        }

        private Duration delay() {
            long delay = required(millis, "millis");
            if (delay < 0) {
                throw new IllegalArgumentException("\"millis\" is 0 or more.");
            }
            return Duration.ofMillis(delay);
        }

        private int httpStatus() {
            int chosen = required(status, "status");
            if (chosen < 400 || chosen > 599) {
                throw new IllegalArgumentException("\"status\" is an HTTP error from 400 to 599.");
            }
            return chosen;
        }
    }

    static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing.");
        }
        return value;
    }
}

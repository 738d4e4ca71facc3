package io.miniplane.simulator.control;

import static io.miniplane.simulator.control.ControlRoutes.done;

import io.miniplane.simulator.control.SecurityControl.Wish;
import io.miniplane.simulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The security of apps over HTTP. */
final class SecurityControlApi implements ControlFamily {

    private final SecurityControl control;

    SecurityControlApi(SecurityControl control) {
        this.control = control;
    }

    record Security(
            @Nullable Boolean enabled,
            @Nullable Boolean enforced,
            @Nullable Boolean serialRequired,
            @Nullable String symmetricKey,
            @Nullable String symmetricKeySerial,
            @Nullable String publicKey,
            @Nullable String publicKeySerial,
            @Nullable Boolean withoutSymmetricKey,
            @Nullable Boolean withoutPublicKey) {

        Wish wish() {
            return new Wish(
                    symmetricKey,
                    symmetricKeySerial,
                    publicKey,
                    publicKeySerial,
                    Boolean.TRUE.equals(enforced),
                    Boolean.TRUE.equals(serialRequired));
        }

        @Override
        public String toString() {
            return "Security[redacted]";
        }
    }

    record Rotation(@Nullable Boolean active) {}

    @Override
    public void register(ControlRoutes routes) {
        routes.put("/_control/apps/{appId}/security", "appId", Security.class, this::secure);
        routes.put("/_control/apps/{appId}/security/rotation", "appId", Rotation.class, this::rotate);
    }

    private JsonNode secure(String appId, Security order) {
        if (Boolean.FALSE.equals(order.enabled())) {
            return done(() -> control.off(appId));
        }
        JsonNode keys = Json.tree(control.secure(appId, order.wish()));
        control.forget(
                appId, Boolean.TRUE.equals(order.withoutSymmetricKey()), Boolean.TRUE.equals(order.withoutPublicKey()));
        return keys;
    }

    private JsonNode rotate(String appId, Rotation order) {
        return Boolean.FALSE.equals(order.active())
                ? done(() -> control.endRotation(appId))
                : Json.tree(control.rotate(appId));
    }
}

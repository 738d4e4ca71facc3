package io.miniplane.simulator.device;

import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.JsonRoute;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.databind.JsonNode;

/** The part of the control API that gives enciphered profiles and phone numbers. */
public final class DeviceApi {

    private final Device device;

    /** Lets HTTP calls use these phones. */
    public DeviceApi(Device device) {
        this.device = device;
    }

    record Wish(
            @Nullable String appId,
            @Nullable String openId,
            @Nullable String flaw) {

        String app() {
            return required(appId, "appId");
        }

        String user() {
            return required(openId, "openId");
        }

        @Nullable
        Flaw chosen() {
            return flaw == null || flaw.isEmpty() ? null : Flaw.of(flaw);
        }

        private static String required(@Nullable String value, String name) {
            if (value == null) {
                throw new IllegalArgumentException("\"" + name + "\" is missing.");
            }
            return value;
        }
    }

    /** Adds the routes. */
    public void register(HttpServerRoutes routes) {
        post(
                routes,
                "/_control/encrypted-profiles",
                wish -> Json.tree(device.profile(wish.app(), wish.user(), wish.chosen())));
        post(
                routes,
                "/_control/encrypted-phones",
                wish -> Json.tree(device.phone(wish.app(), wish.user(), wish.chosen())));
    }

    private static void post(HttpServerRoutes routes, String path, Function<Wish, JsonNode> action) {
        routes.post(path, JsonRoute.of(Wish.class, action));
    }
}

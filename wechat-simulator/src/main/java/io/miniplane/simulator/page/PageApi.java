package io.miniplane.simulator.page;

import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.http.JsonRoute;
import io.miniplane.simulator.world.User;
import io.miniplane.simulator.world.World;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/** Serves the page at {@code /}, what it shows, and the pictures of users. */
public final class PageApi {

    private static final String SVG = "image/svg+xml";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private final World world;
    private final StateView state;

    /** The page of this world. */
    public PageApi(World world, Control control) {
        this.world = world;
        this.state = new StateView(world, control);
    }

    /** Adds the routes. */
    public void register(HttpServerRoutes routes) {
        file(routes, "/", "index.html", "text/html; charset=utf-8");
        file(routes, "/page.css", "page.css", "text/css; charset=utf-8");
        file(routes, "/page.js", "page.js", SCRIPT);
        file(routes, "/dialogs.js", "dialogs.js", SCRIPT);
        file(routes, "/parts.js", "parts.js", SCRIPT);
        file(routes, "/favicon.svg", "favicon.svg", SVG);
        routes.get("/avatars/{picture}", this::avatar);
        routes.get("/_control/state", JsonRoute.of(Map.class, none -> state.now()));
    }

    private static void file(HttpServerRoutes routes, String path, String name, String type) {
        byte[] content = read(name);
        routes.get(path, (request, response) -> send(response, content, type));
    }

    private static byte[] read(String name) {
        try (InputStream file = PageApi.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Publisher<Void> avatar(HttpServerRequest request, HttpServerResponse response) {
        String openId = String.valueOf(request.param("picture")).replaceFirst("\\.svg$", "");
        return world.users()
                .find(openId)
                .<Publisher<Void>>map(user -> picture(response, user))
                .orElseGet(() -> JsonRoute.write(response, JsonRoute.refused(404, "Nobody has this openId.")));
    }

    private static Publisher<Void> picture(HttpServerResponse response, User user) {
        return send(response, Avatar.svg(user).getBytes(StandardCharsets.UTF_8), SVG);
    }

    private static Publisher<Void> send(HttpServerResponse response, byte[] content, String type) {
        return response.header(HttpHeaderNames.CONTENT_TYPE, type)
                .header(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .sendByteArray(Mono.just(content));
    }
}

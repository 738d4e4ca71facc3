package io.miniplane.simulator.push;

import static io.miniplane.simulator.push.PushOrders.required;

import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.JsonRoute;
import io.miniplane.simulator.world.Known;
import io.miniplane.simulator.world.World;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of the control API that sets callbacks and sends pushes. */
public final class PushApi {

    private static final String CALLBACK = "/_control/apps/{appId}/push";
    private static final String PUSHES = "/_control/pushes";

    private final World world;
    private final Pushes pushes;

    /** Lets HTTP calls send these pushes to the apps of this world. */
    public PushApi(World world, Pushes pushes) {
        this.world = world;
        this.pushes = pushes;
    }

    /** Adds the routes. */
    public void register(HttpServerRoutes routes) {
        routes.put(CALLBACK, JsonRoute.later(PushOrders.NewCallback.class, this::configure));
        routes.delete(CALLBACK, JsonRoute.later(Map.class, this::forget));
        routes.get(CALLBACK, JsonRoute.later(Map.class, (request, none) -> Mono.fromSupplier(() -> told(request))));
        routes.post(PUSHES, JsonRoute.later(PushOrders.NewPush.class, (request, order) -> send(order)));
        routes.get(PUSHES, JsonRoute.of(Map.class, none -> Json.tree(Map.of("pushes", pushes.last()))));
        routes.delete(PUSHES, JsonRoute.of(Map.class, none -> done(pushes::clear)));
        routes.get("/_control/push-templates", JsonRoute.of(Map.class, none -> templates()));
        routes.get("/_control/push-templates/{name}", JsonRoute.later(Map.class, this::template));
    }

    private Mono<JsonNode> configure(HttpServerRequest request, PushOrders.NewCallback order) {
        String appId = app(request);
        PushCallback callback = order.callback();
        if (!order.checked()) {
            pushes.configureUnchecked(appId, callback);
            return Mono.just(told(callback));
        }
        return Mono.fromFuture(() -> pushes.configure(appId, callback)).map(PushApi::told);
    }

    private Mono<JsonNode> forget(HttpServerRequest request, Map<?, ?> none) {
        String appId = app(request);
        return Mono.fromSupplier(() -> done(() -> pushes.forget(appId)));
    }

    private JsonNode told(HttpServerRequest request) {
        return pushes.callback(app(request))
                .map(PushApi::told)
                .orElseThrow(() -> new IllegalArgumentException("This app has no push callback."));
    }

    /** All but the token and the key. */
    public static ObjectNode told(PushCallback callback) {
        return Json.object()
                .put("url", callback.url().toString())
                .put("mode", callback.mode().name())
                .put("format", callback.format().name())
                .put("deliveries", callback.deliveries())
                .put("retryAfterMillis", callback.retryAfter().toMillis());
    }

    private Mono<JsonNode> send(PushOrders.NewPush order) {
        ObjectNode message = message(order);
        letAnswer(String.valueOf(order.appId()), message);
        return Mono.fromFuture(() -> pushes.send(order.order(message))).map(Json::tree);
    }

    /** A user who writes to an app may be answered. */
    private void letAnswer(String appId, ObjectNode message) {
        String openId = message.path("FromUserName").stringValue("");
        boolean written = !message.path("MsgType").stringValue("event").equals("event");
        if (written && world.users().find(openId).isPresent()) {
            world.customerTalks().wrote(appId, openId);
        }
    }

    private ObjectNode message(PushOrders.NewPush order) {
        if (order.message() instanceof ObjectNode whole) {
            return whole;
        }
        if (order.message() != null) {
            throw new IllegalArgumentException("The \"message\" of a push is a JSON object.");
        }
        return order.chosen()
                .message(Known.app(world, required(order.appId(), "appId")), required(order.openId(), "openId"), now());
    }

    private static JsonNode templates() {
        ObjectNode told = Json.object();
        ArrayNode names = told.putArray("templates");
        for (PushTemplate template : PushTemplate.values()) {
            names.add(template.text());
        }
        return told;
    }

    private Mono<JsonNode> template(HttpServerRequest request, Map<?, ?> none) {
        Map<String, List<String>> query = new QueryStringDecoder(request.uri()).parameters();
        PushTemplate template = PushTemplate.of(String.valueOf(request.param("name")));
        String appId = Known.app(world, query.getOrDefault("appId", List.of("")).getFirst());
        String openId = query.getOrDefault("openId", List.of("OPENID")).getFirst();
        return Mono.just(template.message(appId, openId, now()));
    }

    private String app(HttpServerRequest request) {
        return Known.app(world, String.valueOf(request.param("appId")));
    }

    private Instant now() {
        return world.clock().instant();
    }

    private static JsonNode done(Runnable action) {
        action.run();
        return Json.object();
    }
}

package io.miniplane.simulator.control;

import static io.miniplane.simulator.control.Orders.required;

import io.miniplane.simulator.http.Exchange;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.User;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The control API: JSON over HTTP under {@code /_control}. */
public final class ControlApi {

    private static final String JSON = "application/json; charset=utf-8";

    private final Control control;

    /** Lets HTTP calls move this control. */
    public ControlApi(Control control) {
        this.control = control;
    }

    /** Adds the routes; a call that no route takes is answered 404. */
    public void register(HttpServerRoutes routes) {
        routes.put("/_control/apps/{appId}", (request, response) -> {
            String appId = String.valueOf(request.param("appId"));
            return answer(request, response, Orders.NewApp.class, order -> putApp(appId, order));
        });
        routes.post("/_control/users", route(Orders.NewUser.class, this::putUser));
        routes.post("/_control/login-codes", route(Orders.NewCode.class, this::loginCode));
        routes.post("/_control/phone-codes", route(Orders.NewCode.class, this::phoneCode));
        routes.post("/_control/clock", route(Orders.Advance.class, this::advance));
        routes.post("/_control/faults", route(Orders.NewFault.class, this::inject));
        routes.delete("/_control/faults", route(Object.class, order -> done(control::clearFaults)));
        routes.post("/_control/tokens/expire", route(Orders.EndTokens.class, this::endTokens));
        routes.put("/_control/content-type", route(Orders.ContentType.class, this::contentType));
        routes.get("/_control/requests", route(Object.class, order -> Json.tree(control.requests())));
        routes.delete("/_control/requests", route(Object.class, order -> done(control::clearRequests)));
        routes.route(request -> true, (request, response) -> notFound(request, response));
    }

    private JsonNode putApp(String appId, Orders.NewApp order) {
        control.putApp(appId, required(order.secret(), "secret"));
        return Json.object().put("appId", appId);
    }

    private JsonNode putUser(Orders.NewUser order) {
        User user = control.putUser(
                order.openId(), order.unionId(), order.phoneNumber(), Boolean.TRUE.equals(order.highRisk()));
        return Json.object()
                .put("openId", user.openId())
                .put("unionId", user.unionId())
                .put("phoneNumber", user.phoneNumber().withPrefix())
                .put("highRisk", user.highRisk());
    }

    private JsonNode loginCode(Orders.NewCode order) {
        String appId = required(order.appId(), "appId");
        return Json.tree(order.openId() == null ? control.loginCode(appId) : control.loginCode(appId, order.openId()));
    }

    private JsonNode phoneCode(Orders.NewCode order) {
        String code = control.phoneCode(required(order.appId(), "appId"), required(order.openId(), "openId"));
        return Json.object().put("code", code);
    }

    private JsonNode advance(Orders.Advance order) {
        control.advance(Duration.ofSeconds(required(order.advanceSeconds(), "advanceSeconds")));
        return Json.object().put("now", control.clock().instant().toString());
    }

    private JsonNode inject(Orders.NewFault order) {
        return done(() -> control.inject(order.fault()));
    }

    private JsonNode endTokens(Orders.EndTokens order) {
        return done(() -> control.endTokens(order.verdict(), Boolean.TRUE.equals(order.handedOutStill())));
    }

    private JsonNode contentType(Orders.ContentType order) {
        return done(() -> control.contentType(required(order.contentType(), "contentType")));
    }

    private static JsonNode done(Runnable action) {
        action.run();
        return Json.object();
    }

    private static <T> BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> route(
            Class<T> type, Function<T, JsonNode> action) {
        return (request, response) -> answer(request, response, type, action);
    }

    private static <T> Publisher<Void> answer(
            HttpServerRequest request, HttpServerResponse response, Class<T> type, Function<T, JsonNode> action) {
        return Exchange.read(request).flatMap(call -> Exchange.write(response, obey(call.body(), type, action), JSON));
    }

    private static <T> Reply obey(String body, Class<T> type, Function<T, JsonNode> action) {
        try {
            return Reply.ok(action.apply(Json.parse(body.isBlank() ? "{}" : body, type)));
        } catch (JacksonException malformed) {
            return refused(400, "The body is no JSON that this call understands: " + malformed.getOriginalMessage());
        } catch (IllegalArgumentException invalid) {
            return refused(400, String.valueOf(invalid.getMessage()));
        }
    }

    private static Publisher<Void> notFound(HttpServerRequest request, HttpServerResponse response) {
        Reply reply = refused(404, "Nothing answers " + request.method() + " " + request.fullPath() + " here.");
        return Exchange.read(request).flatMap(call -> Exchange.write(response, reply, JSON));
    }

    private static Reply refused(int status, String sentence) {
        String body = Json.object().put("error", sentence).toString();
        return new Reply(status, "refused", body);
    }
}

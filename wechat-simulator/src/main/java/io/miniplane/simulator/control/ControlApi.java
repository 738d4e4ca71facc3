package io.miniplane.simulator.control;

import static io.miniplane.simulator.control.ControlRoutes.done;
import static io.miniplane.simulator.control.Orders.required;

import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.world.User;
import java.time.Duration;
import java.util.List;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.databind.JsonNode;

/** The control API: JSON over HTTP under {@code /_control}. */
public final class ControlApi {

    private final Control control;
    private final List<ControlFamily> families;

    /** Lets HTTP calls move this control. */
    public ControlApi(Control control) {
        this.control = control;
        this.families = List.of(
                new ContentControlApi(control.content()),
                new MessageControlApi(control.messages()),
                new TradeControlApi(control.trade()),
                new LimitControlApi(control.limits()),
                new SecurityControlApi(control.security()));
    }

    /** Adds the routes; a call that no route takes is answered 404. */
    public void register(HttpServerRoutes httpRoutes) {
        ControlRoutes routes = new ControlRoutes(httpRoutes);
        routes.put("/_control/apps/{appId}", "appId", Orders.NewApp.class, this::putApp);
        routes.post("/_control/users", Orders.NewUser.class, this::putUser);
        routes.post("/_control/login-codes", Orders.NewCode.class, this::loginCode);
        routes.post("/_control/phone-codes", Orders.NewCode.class, this::phoneCode);
        routes.post("/_control/session-keys/expire", Orders.NewCode.class, this::expireSessionKey);
        routes.post("/_control/clock", Orders.Advance.class, this::advance);
        routes.post("/_control/faults", Orders.NewFault.class, this::inject);
        routes.delete("/_control/faults", control::clearFaults);
        routes.post("/_control/tokens/expire", Orders.EndTokens.class, this::endTokens);
        routes.put("/_control/content-type", Orders.ContentType.class, this::contentType);
        routes.get("/_control/requests", call -> Json.tree(control.requests()));
        routes.delete("/_control/requests", control::clearRequests);
        families.forEach(family -> family.register(routes));
        routes.refuseTheRest();
    }

    private JsonNode putApp(String appId, Orders.NewApp order) {
        control.putApp(appId, required(order.secret(), "secret"));
        return Json.object().put("appId", appId);
    }

    private JsonNode putUser(Orders.NewUser order) {
        User user = control.putUser(
                order.openId(),
                order.unionId(),
                order.phoneNumber(),
                Boolean.TRUE.equals(order.highRisk()),
                order.profile());
        return Json.object()
                .put("openId", user.openId())
                .put("unionId", user.unionId())
                .put("phoneNumber", user.phoneNumber().withPrefix())
                .put("highRisk", user.highRisk())
                .put("nickname", user.profile().nickname());
    }

    private JsonNode loginCode(Orders.NewCode order) {
        String appId = required(order.appId(), "appId");
        return Json.tree(order.openId() == null ? control.loginCode(appId) : control.loginCode(appId, order.openId()));
    }

    private JsonNode phoneCode(Orders.NewCode order) {
        String code = control.phoneCode(required(order.appId(), "appId"), required(order.openId(), "openId"));
        return Json.object().put("code", code);
    }

    private JsonNode expireSessionKey(Orders.NewCode order) {
        return done(
                () -> control.expireSessionKey(required(order.appId(), "appId"), required(order.openId(), "openId")));
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
}

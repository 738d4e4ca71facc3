package io.miniplane.simulator.pay;

import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.JsonRoute;
import io.miniplane.simulator.pay.Payments.PayRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of the control API that moves WeChat Pay. */
public final class PaymentControlApi {

    private static final String NOTICES = "/_control/pay/notices";
    private static final String FAULTS = "/_control/pay/faults";
    private static final String CERTIFICATES = "/_control/pay/certificates";

    private final Payments payments;

    /** Lets HTTP calls move these payments. */
    public PaymentControlApi(Payments payments) {
        this.payments = payments;
    }

    /** By the names of {@code wx.requestPayment}. */
    private static PayRequest request(JsonNode order) {
        return new PayRequest(
                text(order, "appId"),
                text(order, "timeStamp"),
                text(order, "nonceStr"),
                text(order, "package"),
                text(order, "signType"),
                text(order, "paySign"));
    }

    private static String text(JsonNode order, String name) {
        return required(order.path(name).stringValue(null), name);
    }

    record NewState(@Nullable Boolean refused) {}

    record NewFault(
            @Nullable String notice,
            @Nullable String answer,
            @Nullable Integer times,
            @Nullable Integer deliveries) {}

    record NewNotice(
            @Nullable String outTradeNo,
            @Nullable String fault,
            @Nullable String replay) {}

    record Rules(
            @Nullable String mode,
            @Nullable Double pace,
            @Nullable Long refundMillis,
            @Nullable String nextRefund,
            @Nullable Long balance,
            @Nullable List<String> notifyAt) {}

    /** Adds the routes. */
    public void register(HttpServerRoutes routes) {
        routes.get("/_control/pay", JsonRoute.of(Map.class, none -> settings()));
        routes.put("/_control/pay", JsonRoute.of(Rules.class, this::rule));
        routes.get("/_control/pay/trades", JsonRoute.of(Map.class, none -> trades()));
        routes.post(
                "/_control/pay/payments", JsonRoute.of(JsonNode.class, order -> tell(payments.pay(request(order)))));
        routes.post("/_control/pay/trades/{outTradeNo}/payment", JsonRoute.later(Map.class, this::pay));
        routes.put("/_control/pay/trades/{outTradeNo}/attempt", JsonRoute.later(NewState.class, this::attempt));
        routes.get(NOTICES, JsonRoute.of(Map.class, none -> Json.tree(Map.of("notices", payments.notices()))));
        routes.post(NOTICES, JsonRoute.later(NewNotice.class, (request, order) -> notice(order)));
        routes.delete(NOTICES, JsonRoute.of(Map.class, none -> done(payments::clearNotices)));
        routes.post(FAULTS, JsonRoute.of(NewFault.class, this::disturb));
        routes.delete(FAULTS, JsonRoute.of(Map.class, none -> done(payments::calm)));
        routes.post(CERTIFICATES, JsonRoute.of(Map.class, none -> rotate()));
        routes.delete(CERTIFICATES, JsonRoute.of(Map.class, none -> done(payments.keys()::retire)));
    }

    /** The merchant's half, in the form that the settings of the API server take. */
    private JsonNode settings() {
        Merchant merchant = payments.merchant();
        ObjectNode told = Json.object()
                .put("merchantId", merchant.id())
                .put("certificateSerial", merchant.certificateSerial())
                .put("privateKey", merchant.privateKeyPem())
                .put("apiV3Key", merchant.apiV3Key())
                .put("publicKeyId", payments.keys().publicKeyId())
                .put("publicKey", payments.keys().publicKeyPem())
                .put("mode", payments.keys().mode().text());
        if (payments.keys().mode() != PayMode.PUBLIC_KEY) {
            told.put("certificate", payments.certificatePem());
            told.set("certificateSerials", Json.tree(payments.keys().serials()));
        }
        return told;
    }

    private JsonNode rule(Rules rules) {
        if (rules.mode() != null) {
            payments.keys().mode(PayMode.of(rules.mode()));
        }
        if (rules.pace() != null) {
            payments.pace(rules.pace());
        }
        if (rules.refundMillis() != null) {
            payments.refundsTake(Duration.ofMillis(rules.refundMillis()));
        }
        if (rules.nextRefund() != null) {
            payments.nextRefundEnds(Refund.Status.valueOf(rules.nextRefund()));
        }
        if (rules.balance() != null) {
            payments.balance(rules.balance());
        }
        if (rules.notifyAt() != null) {
            payments.notifyAt(rules.notifyAt().stream().map(URI::create).toList());
        }
        return Json.object();
    }

    private JsonNode trades() {
        ObjectNode told = Json.object();
        ArrayNode all = told.putArray("trades");
        payments.all().forEach(trade -> all.add(tell(trade)));
        return told;
    }

    private Mono<JsonNode> pay(HttpServerRequest request, Map<?, ?> none) {
        return Mono.just(tell(payments.payOrder(outTradeNo(request))));
    }

    private Mono<JsonNode> attempt(HttpServerRequest request, NewState order) {
        return Mono.just(tell(payments.stopAt(outTradeNo(request), Boolean.TRUE.equals(order.refused()))));
    }

    private Mono<JsonNode> notice(NewNotice order) {
        String replayed = order.replay();
        if (replayed != null) {
            return Mono.fromFuture(() -> payments.replay(replayed)).map(Json::tree);
        }
        NoticeFault fault = order.fault() == null ? null : NoticeFault.of(order.fault());
        String outTradeNo = required(order.outTradeNo(), "outTradeNo");
        var _ = payments.notifyAgain(outTradeNo, fault);
        return Mono.just(Json.object());
    }

    private JsonNode disturb(NewFault order) {
        int times = order.times() == null ? 1 : order.times();
        if (order.answer() != null) {
            for (int i = 0; i < times; i++) {
                payments.disturbAnswer(AnswerFault.of(order.answer()));
            }
            return Json.object();
        }
        payments.disturb(
                NoticeFault.of(required(order.notice(), "notice")),
                times,
                order.deliveries() == null ? 1 : order.deliveries());
        return Json.object();
    }

    private JsonNode rotate() {
        return Json.object().put("serial", payments.keys().rotate());
    }

    private static String outTradeNo(HttpServerRequest request) {
        return String.valueOf(request.param("outTradeNo"));
    }

    /** An order as people see it, without anything secret. */
    public static ObjectNode tell(Trade trade) {
        return Json.object()
                .put("outTradeNo", trade.prepay().outTradeNo())
                .put("appId", trade.prepay().appId())
                .put("openId", trade.prepay().openId())
                .put("description", trade.prepay().description())
                .put("total", trade.prepay().total())
                .put("refunded", trade.refunded())
                .put("prepayId", trade.prepayId())
                .put("transactionId", trade.transactionId())
                .put("createdAt", trade.createdAt().toString())
                .put("state", trade.state().name());
    }

    private static JsonNode done(Runnable action) {
        action.run();
        return Json.object();
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing.");
        }
        return value;
    }
}

package io.miniplane.server.payment;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.MerchantSettings;
import io.miniplane.server.stage.Shelf;
import io.miniplane.server.stage.StaffIssuer;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.pay.Notice;
import io.miniplane.simulator.pay.Payments;
import io.miniplane.simulator.pay.Payments.PayRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A backend that sells one product, its merchant at the simulated WeChat Pay, and its staff. */
final class Shop implements AutoCloseable {

    static final long PRICE = 2500;

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    final Backend backend;
    final Payments pay;
    final StaffIssuer issuer =
            StaffIssuer.start().give("oli", List.of("shop-floor")).give("sue", List.of("helpdesk"));
    final List<Api> servers = new ArrayList<>();
    private final ProductId product;

    /** With so many servers, which have these settings more. */
    Shop(Path keys, int count, String... settings) {
        backend = new Backend(keys);
        pay = backend.simulator().control().payments();
        pay.pace(0.0005);
        pay.refundsTake(Duration.ofMillis(50));
        String[] all = Stream.of(Stream.of(paySettings()), Stream.of(issuer.settings()), Stream.of(settings))
                .flatMap(some -> some)
                .toArray(String[]::new);
        for (int i = 0; i < count; i++) {
            servers.add(backend.startServer(all));
        }
        pay.notifyAt(servers.stream()
                .map(server -> server.base().resolve(MerchantSettings.NOTIFICATIONS))
                .toList());
        product = new Shelf(backend).put("龙井茶", PRICE, 100_000);
    }

    private String[] paySettings() {
        return Stream.concat(
                        MerchantSettings.arguments(backend.simulator()).stream(),
                        Stream.of(
                                "--miniplane.wechat.pay.time-limit=20s",
                                "--miniplane.events.poll=100ms",
                                "--miniplane.events.first-retry=100ms"))
                .toArray(String[]::new);
    }

    Api api() {
        return servers.getFirst();
    }

    /** A buyer's confirmed order. */
    Bought order() {
        Tokens buyer = api().logIn(backend.loginCode());
        Answer placed = api().call(
                        "POST",
                        "/api/v1/orders",
                        buyer.token(),
                        Map.of("lines", List.of(Map.of("productId", product.toString(), "quantity", 1))));
        if (placed.status() != 201) {
            throw new AssertionError("The order was refused: " + placed.body());
        }
        Bought order = new Bought(buyer.token(), placed.data().path("id").asString());
        await("the order is confirmed", () -> order.status().equals("CONFIRMED"));
        return order;
    }

    /** An order whose buyer has asked to pay. */
    Bought prepared() {
        Bought order = order();
        Answer answer = order.prepay();
        if (answer.status() != 200) {
            throw new AssertionError("The payment was refused: " + answer.body());
        }
        return order;
    }

    /** An order that is paid. */
    Bought paid() {
        Bought order = prepared();
        pay.payOrder(order.number());
        await("the order is paid", () -> order.status().equals("PAID"));
        return order;
    }

    /** How many events of a type there were about an order. */
    long events(String type, String order) {
        return (Long) backend.rows("SELECT count(*) AS n FROM outbox WHERE type = '" + type + "' AND aggregateid = '"
                        + order + "'")
                .getFirst()
                .get("n");
    }

    Notice notice(Bought order) {
        return pay.notices().stream()
                .filter(notice -> notice.outTradeNo().equals(order.number()))
                .findFirst()
                .orElseThrow();
    }

    /** Sum over the servers. */
    double counted(String counter, String outcome) {
        return servers.stream()
                .mapToDouble(server -> server.counted(counter, outcome))
                .sum();
    }

    static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Waited in vain until " + what);
            }
            pause();
        }
    }

    static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        backend.close();
        issuer.close();
    }

    /** An order and its buyer. */
    final class Bought {

        private final String token;
        private final String id;

        private Bought(String token, String id) {
            this.token = token;
            this.id = id;
        }

        String id() {
            return id;
        }

        String token() {
            return token;
        }

        String number() {
            return id.replace("-", "");
        }

        String path(String rest) {
            return "/api/v1/orders/" + id + rest;
        }

        String status() {
            return api().call("GET", path(""), token, null)
                    .data()
                    .path("status")
                    .asString();
        }

        Answer prepay() {
            return api().call("POST", path("/payment"), token, null);
        }

        Answer cancel() {
            return api().call("PUT", path("/cancellation"), token, null);
        }

        /** What the app would do with the parameters. */
        void pay(Answer parameters) {
            Shop.this.pay.pay(new PayRequest(
                    SimulatorOptions.TRIAL_APP_ID,
                    parameters.data().path("timeStamp").asString(),
                    parameters.data().path("nonceStr").asString(),
                    parameters.data().path("package").asString(),
                    parameters.data().path("signType").asString(),
                    parameters.data().path("paySign").asString()));
        }

        /** The payment as staff sees it. */
        Answer payment() {
            return api().call("GET", path("/payment"), issuer.token("sue"), null);
        }

        Answer refund(Object amount, String... headers) {
            return api().start(
                            "POST",
                            path("/refunds"),
                            issuer.token("oli"),
                            Map.of("amount", amount, "reason", "少发一件"),
                            headers)
                    .join();
        }

        String refundStatus(int which) {
            return payment().data().path("refunds").path(which).path("status").asString();
        }
    }
}

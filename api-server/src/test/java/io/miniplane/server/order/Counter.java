package io.miniplane.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a test buys: orders over the API of one server, and their payments as the payment module tells them. */
record Counter(Api api) {

    static final String ORDERS = "/api/v1/orders";
    static final Duration PATIENCE = Duration.ofSeconds(20);

    static Map<String, Object> basket(ProductId product, int quantity) {
        return Map.of("lines", List.of(Map.of("productId", product.value(), "quantity", quantity)));
    }

    Answer place(@Nullable String token, Object body, String... headers) {
        return api.start("POST", ORDERS, token, body, headers).join();
    }

    /** Places an order and waits until it is confirmed; answers its id. */
    String confirmed(String token, ProductId product, int quantity) {
        Answer placed = place(token, basket(product, quantity));
        assertThat(placed.status()).isEqualTo(201);
        String id = id(placed);
        awaitStatus(token, id, "CONFIRMED");
        return id;
    }

    /** Places an order and pays it. */
    String paid(String token, ProductId product, int quantity) {
        String id = confirmed(token, product, quantity);
        settle(id, total(token, id));
        return id;
    }

    Answer read(@Nullable String token, String id) {
        return api.call("GET", ORDERS + "/" + id, token, null);
    }

    long total(String token, String id) {
        return read(token, id).data().path("total").asLong();
    }

    String status(String token, String id) {
        return read(token, id).data().path("status").asString();
    }

    void awaitStatus(String token, String id, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(token, id)).isEqualTo(status));
    }

    /** Does something with an order, such as {@code cancellation}. */
    Answer put(@Nullable String token, String id, String what, @Nullable Object body, String... headers) {
        return api.start("PUT", ORDERS + "/" + id + "/" + what, token, body, headers)
                .join();
    }

    PaymentSettlement.Settlement settle(String id, long amount) {
        return Objects.requireNonNull(settlement()
                .settle(OrderId.parse(id), "4200" + id.substring(24), new Fen(amount), Instant.now())
                .block(PATIENCE));
    }

    PaymentSettlement settlement() {
        return api.context().getBean(PaymentSettlement.class);
    }

    static String id(Answer placed) {
        return placed.data().path("id").asString();
    }
}

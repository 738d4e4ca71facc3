package io.miniplane.server.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.inventory.Inventory.Sale;
import io.miniplane.server.inventory.Inventory.Taking;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.events.EventHandler.Effect;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import io.miniplane.server.stage.StaffIssuer;
import io.miniplane.server.stage.TeamStock;
import io.miniplane.server.stage.TeamStock.Request;
import io.miniplane.server.stage.TeamStock.Status;
import io.miniplane.server.stage.TestLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stock that a team keeps itself. */
class RemoteInventoryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ProductId TEA = new ProductId(UUID.fromString("01900000-0000-7000-8000-000000000001"));
    private static final ProductId POT = new ProductId(UUID.fromString("01900000-0000-7000-8000-000000000002"));

    private static Backend backend;
    private static StaffIssuer issuer;
    private static TeamStock stock;
    private static Api api;
    private static Inventory inventory;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        issuer = StaffIssuer.start().give("ada", List.of("owners"));
        stock = TeamStock.start();
        api = backend.startServer(Stream.concat(
                        Arrays.stream(issuer.settings()),
                        Stream.of(
                                stock.setting(),
                                "--miniplane.inventory.token=s3cret",
                                "--miniplane.inventory.time-limit=1s",
                                "--miniplane.inventory.breaker-open-for=100ms"))
                .toArray(String[]::new));
        inventory = api.context().getBean(Inventory.class);
    }

    @AfterAll
    static void stop() {
        backend.close();
        issuer.close();
        stock.close();
    }

    @Test
    void anOrderTakesSellsAndGivesBackThere() {
        stock.put(TEA, 5);
        UUID order = UUID.randomUUID();
        long before = stock.available(TEA);
        assertThat(take(order, new Line(TEA, 2), new Line(TEA, 1))).isEqualTo(new Taking.Taken());
        assertThat(take(order, new Line(TEA, 2), new Line(TEA, 1))).isEqualTo(new Taking.Taken());
        assertThat(stock.available(TEA)).isEqualTo(before - 3);

        Request sent = stock.requests().stream()
                .filter(request -> request.path().equals("/reservations/" + order))
                .findFirst()
                .orElseThrow();
        JsonNode body = JsonMapper.shared().readTree(sent.body());
        assertThat(sent.method()).isEqualTo("PUT");
        assertThat(sent.headers())
                .containsEntry("authorization", "Bearer s3cret")
                .containsKey("traceparent");
        assertThat(body.path("reservationSeconds").asLong()).isEqualTo(86400);
        assertThat(body.path("lines").size()).isEqualTo(1);
        assertThat(body.at("/lines/0/productId").asString()).isEqualTo(TEA.toString());
        assertThat(body.at("/lines/0/quantity").asLong()).isEqualTo(3);

        assertThat(sell(order)).isEqualTo(new Sale.Sold());
        inventory.giveBack(order).block(PATIENCE);
        assertThat(stock.available(TEA)).isEqualTo(before);
        assertThat(take(order, new Line(TEA, 3))).isEqualTo(new Taking.Closed());
        assertThat(sell(order)).isEqualTo(new Sale.NothingHeld());
    }

    @Test
    void aRefusalSaysWhichProducts() {
        stock.put(TEA, 1);
        assertThat(take(UUID.randomUUID(), new Line(TEA, 1), new Line(POT, 1)))
                .isEqualTo(new Taking.Refused(Set.of(POT)));
    }

    @Test
    void aSaleAfterTheTimeTellsWhatWentToOthers() {
        stock.put(TEA, 1);
        UUID order = UUID.randomUUID();
        int all = (int) stock.available(TEA);
        take(order, new Line(TEA, all));
        stock.expire(order);
        UUID other = UUID.randomUUID();
        take(other, new Line(TEA, 1));
        assertThat(sell(order)).isEqualTo(new Sale.Gone(Set.of(TEA)));
        inventory.giveBack(other).block(PATIENCE);
        assertThat(sell(order)).isEqualTo(new Sale.Sold());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 |
            200 | <html>taken</html>
            200 | {"outcome": "refused"}
            200 | {"outcome": 1}
            200 | ["taken"]
            201 | {"outcome": "taken"}
            204 |
            302 |
            401 | {"outcome": "closed"}
            404 |
            409 |
            409 | {"outcome": "taken"}
            409 | {"outcome": "refused"}
            409 | {"outcome": "refused", "products": []}
            409 | {"outcome": "refused", "products": ["tea"]}
            409 | {"outcome": "refused", "products": "01900000-0000-7000-8000-000000000001"}
            409 | {"outcome": "refused", "products": ["01900000-0000-7000-8000-000000000002"]}
            """)
    void anAnswerThatMakesNoSenseIsAnErrorAndNeverAGuess(int status, String body) {
        letTheBreakerRecover();
        stock.answerNext(status, body == null ? "" : body);
        assertThatThrownBy(() -> take(UUID.randomUUID(), new Line(TEA, 1)))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code().value()).isEqualTo(50310))
                .hasMessageContaining("HTTP " + status)
                .hasMessageContaining("makes no sense");
    }

    @Test
    void whatMadeNoSenseIsToldInTheLog() {
        letTheBreakerRecover();
        UUID order = UUID.randomUUID();
        stock.answerNext(200, "{\"outcome\": \"maybe\"}");
        assertThatThrownBy(() -> take(order, new Line(TEA, 1))).isInstanceOf(Failure.class);
        String sentence = "Stock service, PUT /reservations/" + order
                + ": its answer with HTTP 200 makes no sense: expected 200 taken, 409 refused or 409 closed";
        await().atMost(PATIENCE).until(() -> TestLog.read().contains(sentence));
    }

    @Test
    void aSaleAndAReturnAreReadAsStrictly() {
        letTheBreakerRecover();
        stock.answerNext(200, "{\"outcome\": \"taken\"}");
        assertThatThrownBy(() -> sell(UUID.randomUUID())).hasMessageContaining("makes no sense");
        stock.answerNext(200, "");
        assertThatThrownBy(() -> inventory.giveBack(UUID.randomUUID()).block(PATIENCE))
                .hasMessageContaining("expected 204");
    }

    @Test
    void whatFailsForAMomentIsAskedAgain() {
        letTheBreakerRecover();
        stock.put(TEA, 1);
        stock.answerNext(503, "");
        stock.answerNext(429, "");
        UUID order = UUID.randomUUID();
        assertThat(take(order, new Line(TEA, 1))).isEqualTo(new Taking.Taken());
        assertThat(stock.requests())
                .filteredOn(request -> request.path().endsWith(order.toString()))
                .hasSize(3);
    }

    @Test
    void whatTakesTooLongIsAnError() {
        letTheBreakerRecover();
        stock.answerAfter(Duration.ofSeconds(3));
        long start = System.nanoTime();
        assertThatThrownBy(() -> take(UUID.randomUUID(), new Line(TEA, 1)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("in time");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2500));
        stock.answerAfter(Duration.ZERO);
    }

    @Test
    void whileItIsAwayCallsAreHeldBackAndAfterwardsTheyGoThrough() {
        letTheBreakerRecover();
        stock.put(TEA, 30);
        stock.stop();
        List<String> errors = Flux.range(0, 30)
                .concatMap(i -> inventory
                        .take(UUID.randomUUID(), List.of(new Line(TEA, 1)))
                        .map(Object::toString)
                        .onErrorResume(error -> Mono.just(String.valueOf(error.getMessage()))))
                .collectList()
                .block(Duration.ofSeconds(60));
        assertThat(errors)
                .hasSize(30)
                .allMatch(error ->
                        error.contains("broke off") || error.contains("held back") || error.contains("in time"))
                .anyMatch(error -> error.contains("held back"));
        assertThat(api.metrics()).contains("resilience4j_circuitbreaker_state{", "name=\"stock-service\"");
        stock.restart();
        letTheBreakerRecover();
        assertThat(take(UUID.randomUUID(), new Line(TEA, 1))).isEqualTo(new Taking.Taken());
    }

    @Test
    void productsStayHereAndTheirCountsAreNotTold() {
        assertThat(inventory.effect()).isEqualTo(Effect.ELSEWHERE);
        ProductId tea = new Shelf(backend).put("Tea", 1900, 5);
        String staff = issuer.token("ada");
        String user = api.logIn(backend.loginCode()).token();
        JsonNode seen = api.call("GET", "/api/v1/products/" + tea, user, null).data();
        assertThat(seen.path("price").asLong()).isEqualTo(1900);
        assertThat(seen.path("inStock").isNull()).isTrue();
        assertThat(api.call("GET", "/api/v1/stock/" + tea, staff, null)
                        .data()
                        .path("stock")
                        .isNull())
                .isTrue();
        assertThat(api.call(
                                "POST",
                                "/api/v1/products/" + tea + "/stock-changes",
                                staff,
                                Map.of("delta", 5, "reason", "Delivery"))
                        .code())
                .isEqualTo(40952);
        assertThat(stock.count(tea, Status.HELD)).isZero();
    }

    /** It closes again when a few calls in a row went well. */
    private static void letTheBreakerRecover() {
        stock.answerAfter(Duration.ZERO);
        await().atMost(PATIENCE)
                .until(() -> Flux.range(0, 20)
                        .concatMap(i -> inventory.giveBack(UUID.randomUUID()).thenReturn(true))
                        .onErrorReturn(false)
                        .all(went -> went)
                        .block(PATIENCE));
    }

    private static Taking take(UUID order, Line... lines) {
        return inventory.take(order, List.of(lines)).block(PATIENCE);
    }

    private static Sale sell(UUID order) {
        return inventory.sell(order).block(PATIENCE);
    }
}

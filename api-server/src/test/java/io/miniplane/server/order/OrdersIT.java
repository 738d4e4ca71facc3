package io.miniplane.server.order;

import static io.miniplane.server.order.Counter.ORDERS;
import static io.miniplane.server.order.Counter.basket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import io.miniplane.server.stage.Shelf.Counts;
import io.miniplane.server.stage.StaffIssuer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrdersIT {

    private static final Map<String, String> BY_ZTO =
            Map.of("logistics", "EXPRESS", "carrier", "ZTO", "trackingNumber", "7312345678901");

    private static Backend backend;
    private static Shelf shelf;
    private static StaffIssuer issuer;
    private static Counter counter;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        shelf = new Shelf(backend);
        issuer = StaffIssuer.start().give("sue", List.of("helpdesk")).give("oli", List.of("shop-floor"));
        counter = new Counter(backend.startServer(issuer.settings()));
    }

    @AfterAll
    static void stop() {
        backend.close();
        issuer.close();
    }

    @Test
    void anOrderIsAcceptedAtOnceAndConfirmedWhenTheGoodsAreKeptForIt() {
        Tokens user = user();
        ProductId tea = shelf.put("Longjing tea", 1990, 10);
        Answer placed = counter.place(user.token(), basket(tea, 2));
        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.response().headers().firstValue("Location")).contains(ORDERS + "/" + Counter.id(placed));
        assertThat(placed.data().path("status").asString()).isEqualTo("CREATED");
        assertThat(placed.data().path("userId").asString()).isEqualTo(user.userId());
        assertThat(placed.data().path("total").asLong()).isEqualTo(3980);
        assertThat(placed.data().path("items").path(0).path("name").asString()).isEqualTo("Longjing tea");
        assertThat(placed.data().path("version").asLong()).isEqualTo(1);

        counter.awaitStatus(user.token(), Counter.id(placed), "CONFIRMED");
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(8, 2, 0));
        Answer read = counter.read(user.token(), Counter.id(placed));
        assertThat(read.data().path("version").asLong()).isEqualTo(2);
        assertThat(read.data().path("items")).isEqualTo(placed.data().path("items"));
    }

    @Test
    void anOrderOfWhatIsNotThereIsCancelled() {
        String token = user().token();
        Answer placed = counter.place(token, basket(shelf.put("Cup", 500, 1), 2));
        counter.awaitStatus(token, Counter.id(placed), "CANCELLED");
        assertThat(counter.read(token, Counter.id(placed))
                        .data()
                        .path("cancellation")
                        .path("reason")
                        .asString())
                .isEqualTo("OUT_OF_STOCK");
    }

    @Test
    void thePriceIsThatOfTheMomentOfTheOrder() {
        String token = user().token();
        ProductId tea = shelf.put("Tea", 1000, 10);
        String id = counter.confirmed(token, tea, 1);
        backend.execute("UPDATE products SET price = 2000, name = 'Dear tea' WHERE id = '" + tea + "'");
        assertThat(counter.total(token, id)).isEqualTo(1000);
        assertThat(counter.total(token, counter.confirmed(token, tea, 1))).isEqualTo(2000);
    }

    @Test
    void whatIsNotForSaleIsNamed() {
        ProductId tea = shelf.put("Tea", 1000, 10);
        ProductId hidden = shelf.put("Hidden", 1000, 10);
        backend.execute("UPDATE products SET is_published = false WHERE id = '" + hidden + "'");
        for (UUID missing : List.of(hidden.value(), UUID.randomUUID())) {
            Answer refused = counter.place(
                    user().token(),
                    Map.of(
                            "lines",
                            List.of(
                                    Map.of("productId", tea.value(), "quantity", 1),
                                    Map.of("productId", missing, "quantity", 1))));
            assertThat(refused.code()).isEqualTo(40060);
            assertThat(refused.message()).contains(missing.toString());
        }
    }

    @Test
    void anOrderThatNobodyCouldPayIsRefused() {
        String token = user().token();
        assertThat(counter.place(token, basket(shelf.put("Gold", Integer.MAX_VALUE, 10), 2))
                        .code())
                .isEqualTo(40061);
        assertThat(counter.place(token, basket(shelf.put("Gold", Long.MAX_VALUE, 10), 999))
                        .code())
                .isEqualTo(40061);
        assertThat(counter.place(token, basket(shelf.put("Gold", Integer.MAX_VALUE, 10), 1))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                        | 40000 | lines must name at least one",
                "{\"lines\":[]}                                                            | 40000 | lines must name at least one",
                "{\"lines\":[null]}                                                        | 40000 | is missing",
                "{\"lines\":[{\"quantity\":1}]}                                            | 40000 | productId is missing",
                "{\"lines\":[{\"productId\":\"tea\",\"quantity\":1}]}                      | 40000 | productId",
                "{\"lines\":[{\"productId\":\"018f6f5e-1a1b-7c3d-9e0f-1a2b3c4d5e6f\"}]}    | 40000 | quantity is missing",
                "{\"lines\":[{\"productId\":\"018f6f5e-1a1b-7c3d-9e0f-1a2b3c4d5e6f\",\"quantity\":0}]} | 40000 | from 1 to 999",
                "{\"lines\":[{\"productId\":\"018f6f5e-1a1b-7c3d-9e0f-1a2b3c4d5e6f\",\"quantity\":1000}]} | 40000 | from 1 to 999",
                "{\"lines\":[{\"productId\":\"018f6f5e-1a1b-7c3d-9e0f-1a2b3c4d5e6f\",\"quantity\":1.5}]} | 40000 | quantity"
            })
    void whatIsNotRightIsRefusedWithWhatToChange(String body, int code, String message) {
        Answer refused = counter.place(user().token(), body);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.message()).contains(message);
    }

    @Test
    void anOrderHasFiftyLinesAtMostAndEachProductOnce() {
        ProductId tea = shelf.put("Tea", 1000, 10);
        Map<String, Object> line = Map.of("productId", tea.value(), "quantity", 1);
        Answer twice = counter.place(user().token(), Map.of("lines", List.of(line, line)));
        assertThat(twice.code()).isEqualTo(40063);
        assertThat(twice.message()).contains(tea.toString());
        List<Map<String, Object>> lines = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            lines.add(Map.of("productId", shelf.put("Tea " + i, 1, 1).value(), "quantity", 1));
        }
        Answer fifty = counter.place(user().token(), Map.of("lines", lines));
        assertThat(fifty.status()).isEqualTo(201);
        assertThat(fifty.data().path("items").size()).isEqualTo(50);
        lines.add(line);
        assertThat(counter.place(user().token(), Map.of("lines", lines)).message())
                .contains("at most 50 lines");
    }

    @Test
    void somebodyElsesOrderIsLikeNone() {
        String owner = user().token();
        String other = user().token();
        String id = counter.confirmed(owner, shelf.put("Tea", 1000, 10), 1);
        for (String unknown : List.of(id, UUID.randomUUID().toString(), "none")) {
            assertThat(counter.read(other, unknown).code()).isEqualTo(40440);
            assertThat(counter.put(other, unknown, "cancellation", null).code()).isEqualTo(40440);
            assertThat(counter.put(other, unknown, "receipt", null).code()).isEqualTo(40440);
        }
        assertThat(counter.status(owner, id)).isEqualTo("CONFIRMED");
    }

    @Test
    void anOrderIsPaidShippedAndReceived() {
        String token = user().token();
        ProductId tea = shelf.put("Tea", 1000, 10);
        String id = counter.paid(token, tea, 3);
        await().atMost(Counter.PATIENCE)
                .untilAsserted(() -> assertThat(shelf.counts(tea)).isEqualTo(new Counts(7, 0, 3)));
        assertThat(counter.put(token, id, "receipt", null).code()).isEqualTo(40933);

        Answer shipped = counter.put(issuer.token("oli"), id, "shipment", BY_ZTO);
        assertThat(shipped.status()).isEqualTo(200);
        assertThat(shipped.data().path("status").asString()).isEqualTo("SHIPPED");
        assertThat(shipped.data().path("shipment").path("carrier").asString()).isEqualTo("ZTO");
        assertThat(counter.put(issuer.token("oli"), id, "shipment", BY_ZTO).data())
                .isEqualTo(shipped.data());
        assertThat(counter.put(issuer.token("oli"), id, "shipment", Map.of("logistics", "PICK_UP"))
                        .code())
                .isEqualTo(40932);
        assertThat(counter.put(token, id, "cancellation", null).code()).isEqualTo(40901);

        Answer received = counter.put(token, id, "receipt", null);
        assertThat(received.data().path("status").asString()).isEqualTo("COMPLETED");
        assertThat(counter.put(token, id, "receipt", null).data()).isEqualTo(received.data());
        assertThat(counter.put(token, id, "cancellation", null).code()).isEqualTo(40901);
        assertThat(events(id))
                .containsExactly("order.created", "order.confirmed", "order.paid", "order.shipped", "order.completed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                  | logistics is missing",
                "{\"logistics\":\"BOAT\"}                                            | logistics",
                "{\"logistics\":\"EXPRESS\"}                                         | carrier is missing",
                "{\"logistics\":\"EXPRESS\",\"carrier\":\"ZTO\"}                     | trackingNumber is missing",
                "{\"logistics\":\"EXPRESS\",\"carrier\":\"Z O\",\"trackingNumber\":\"1\"} | carrier must be",
                "{\"logistics\":\"EXPRESS\",\"carrier\":\"ZTO\",\"trackingNumber\":\"\"} | trackingNumber must be",
                "{\"logistics\":\"VIRTUAL\",\"carrier\":\"ZTO\"}                     | leave it out"
            })
    void aShipmentThatIsNotRightIsRefused(String body, String message) {
        Answer refused = counter.put(issuer.token("oli"), UUID.randomUUID().toString(), "shipment", body);
        assertThat(refused.code()).isEqualTo(40000);
        assertThat(refused.message()).contains(message);
    }

    @Test
    void aCancelledOrderGivesItsGoodsBackBeforeAndAfterItsPayment() {
        String token = user().token();
        ProductId tea = shelf.put("Tea", 1000, 10);
        for (String id : List.of(counter.confirmed(token, tea, 3), counter.paid(token, tea, 4))) {
            Answer cancelled = counter.put(token, id, "cancellation", null);
            assertThat(cancelled.data().path("status").asString()).isEqualTo("CANCELLED");
            assertThat(counter.put(token, id, "cancellation", null).data()).isEqualTo(cancelled.data());
        }
        await().atMost(Counter.PATIENCE)
                .untilAsserted(() -> assertThat(shelf.counts(tea)).isEqualTo(new Counts(10, 0, 0)));
    }

    @Test
    void whoSawAnOlderVersionIsToldSo() {
        String token = user().token();
        String id = counter.paid(token, shelf.put("Tea", 1000, 10), 1);
        assertThat(counter.put(token, id, "cancellation", null, "If-Match", "\"2\"")
                        .code())
                .isEqualTo(40931);
        assertThat(counter.put(issuer.token("oli"), id, "shipment", BY_ZTO, "If-Match", "2")
                        .code())
                .isEqualTo(40931);
        assertThat(counter.put(token, id, "cancellation", null, "If-Match", "old")
                        .code())
                .isEqualTo(40064);
        assertThat(counter.put(issuer.token("oli"), id, "shipment", BY_ZTO, "If-Match", "\"3\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void ownOrdersAreListedFromTheNewestPartByPart() {
        String token = user().token();
        ProductId tea = shelf.put("Tea", 1000, 100);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(counter.confirmed(token, tea, 1));
        }
        counter.put(token, ids.get(1), "cancellation", null);
        Answer first = counter.api().call("GET", ORDERS + "?limit=3", token, null);
        Answer second = counter.api()
                .call(
                        "GET",
                        ORDERS + "?limit=3&after=" + first.data().path("next").asString(),
                        token,
                        null);
        assertThat(ids(first)).isEqualTo(ids.subList(0, 3));
        assertThat(ids(second)).isEqualTo(ids.subList(3, 5));
        assertThat(second.data().path("next").isNull()).isTrue();
        assertThat(ids(counter.api().call("GET", ORDERS + "?status=CANCELLED", token, null)))
                .containsExactly(ids.get(1));
        assertThat(counter.api()
                        .call("GET", ORDERS + "?status=cancelled", token, null)
                        .code())
                .isEqualTo(40065);
        assertThat(ids(counter.api().call("GET", ORDERS, user().token(), null))).isEmpty();
    }

    @Test
    void staffSeesTheOrdersOfAllAndOfOne() {
        Tokens user = user();
        ProductId tea = shelf.put("Tea", 1000, 10);
        String id = counter.confirmed(user.token(), tea, 1);
        counter.confirmed(user().token(), tea, 1);
        String sue = issuer.token("sue");
        assertThat(counter.read(sue, id).data().path("userId").asString()).isEqualTo(user.userId());
        assertThat(ids(counter.api().call("GET", ORDERS + "?limit=100", sue, null)))
                .contains(id)
                .hasSizeGreaterThan(1);
        assertThat(ids(counter.api().call("GET", ORDERS + "?user=" + user.userId(), sue, null)))
                .containsExactly(id);
        assertThat(counter.api().call("GET", ORDERS + "?user=me", sue, null).code())
                .isEqualTo(40043);
        assertThat(ids(counter.api().call("GET", ORDERS + "?user=" + user.userId(), user().token(), null)))
                .isEmpty();
        assertThat(counter.put(sue, id, "shipment", BY_ZTO).code()).isEqualTo(40300);
    }

    @Test
    void everyStatusIsCountedFromTheStart() {
        for (OrderStatus status : OrderStatus.values()) {
            assertThat(counter.api().metrics())
                    .contains("status=\"" + status.name().toLowerCase(Locale.ROOT));
        }
        double before = counter.api().counted("miniplane_orders_total", "confirmed");
        counter.confirmed(user().token(), shelf.put("Tea", 1000, 10), 1);
        assertThat(counter.api().counted("miniplane_orders_total", "confirmed")).isGreaterThan(before);
        assertThat(counter.api().metrics()).contains("miniplane_orders_confirmation_seconds_count");
    }

    private static List<Object> events(String order) {
        return backend.rows("SELECT type FROM outbox WHERE aggregateid = '" + order + "' ORDER BY position").stream()
                .map(row -> row.get("type"))
                .toList();
    }

    private static List<String> ids(Answer page) {
        return page.data()
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    private static Tokens user() {
        return counter.api().logIn(backend.loginCode());
    }
}

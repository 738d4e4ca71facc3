package io.miniplane.server.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import io.miniplane.server.stage.Shelf.Counts;
import io.miniplane.server.stage.StaffIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Products and their stock over HTTP, through two servers. */
class ProductsIT {

    private static final String PRODUCTS = "/api/v1/products";
    private static final String STOCK = "/api/v1/stock";
    private static final String[] NONE = {};

    private static Backend backend;
    private static StaffIssuer issuer;
    private static Api api;
    private static Api other;
    private static String operator;
    private static String user;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        issuer = StaffIssuer.start().give("oli", List.of("shop-floor")).give("ada", List.of("owners"));
        api = backend.startServer(issuer.settings());
        other = backend.startServer(issuer.settings());
        operator = issuer.token("oli");
        user = api.logIn(backend.loginCode()).token();
    }

    @AfterAll
    static void stop() {
        backend.close();
        issuer.close();
    }

    @Test
    void whatStaffAddsIsSeenOnceItIsPublishedAndBoughtOnceThereIsSome() {
        Answer added = add(product("Longjing", 12800, false));
        assertThat(added.status()).isEqualTo(201);
        String id = added.data().path("productId").asString();
        assertThat(added.response().headers().firstValue("Location")).hasValue(STOCK + "/" + id);
        assertThat(added.data().path("version").asLong()).isEqualTo(1);
        assertThat(added.data().path("description").asString()).isEqualTo("Fresh");
        assertThat(read(id).code()).isEqualTo(40450);
        assertThat(other.call("GET", STOCK + "/" + id, operator, null).data()).isEqualTo(added.data());

        assertThat(replace(id, product("Longjing tea", 9900, true), "\"1\"").status())
                .isEqualTo(200);
        JsonNode seen = read(id).data();
        assertThat(seen.path("name").asString()).isEqualTo("Longjing tea");
        assertThat(seen.path("price").asLong()).isEqualTo(9900);
        assertThat(seen.path("inStock").asBoolean()).isFalse();
        assertThat(seen.propertyNames()).doesNotContain("version", "stock", "published");

        assertThat(change(id, 3).status()).isEqualTo(200);
        assertThat(read(id).data().path("inStock").asBoolean()).isTrue();
    }

    @Test
    void usersPageThroughWhatIsPublishedAndStaffThroughEverything() {
        List<String> published = new ArrayList<>();
        IntStream.range(0, 9).forEach(i -> {
            String id = add(product("Page " + i, 100 + i, i % 3 != 0))
                    .data()
                    .path("productId")
                    .asString();
            if (i % 3 != 0) {
                published.addFirst(id);
            }
        });
        assertThat(all(PRODUCTS, user)).containsSubsequence(published);
        List<Map<String, Object>> rows = backend.rows("SELECT id::text AS id FROM products ORDER BY id DESC");
        assertThat(all(STOCK, operator))
                .containsExactlyElementsOf(
                        rows.stream().map(row -> (String) row.get("id")).toList());
        assertThat(all(PRODUCTS, user))
                .containsExactlyElementsOf(
                        backend.rows("SELECT id::text AS id FROM catalogue ORDER BY id DESC").stream()
                                .map(row -> (String) row.get("id"))
                                .toList());
        assertThat(api.call("GET", PRODUCTS + "?limit=0", user, null).code()).isEqualTo(40040);
        assertThat(api.call("GET", STOCK + "?after=nonsense", operator, null).code())
                .isEqualTo(40041);
    }

    @Test
    void oneKeyAddsOneProductHoweverOftenAndWhereverItIsSent() {
        String key = UUID.randomUUID().toString();
        List<CompletableFuture<Answer>> answers = IntStream.range(0, 60)
                .mapToObj(i -> (i % 2 == 0 ? api : other)
                        .start("POST", PRODUCTS, operator, product(key, 100, true), "Idempotency-Key", key))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).map(Answer::status))
                .containsOnly(201);
        assertThat(answers.stream().map(answer -> answer.join().data()).distinct())
                .hasSize(1);
        assertThat(backend.rows("SELECT id FROM products WHERE name = '" + key + "'"))
                .hasSize(1);
        assertThat(post(PRODUCTS, operator, product(key, 101, true), "Idempotency-Key", key)
                        .code())
                .isEqualTo(40930);
        assertThat(post(PRODUCTS, issuer.token("ada"), product(key, 101, true), "Idempotency-Key", key)
                        .status())
                .as("somebody else's key")
                .isEqualTo(201);
        assertThat(post(PRODUCTS, operator, product(key, 100, true), "Idempotency-Key", "no good key")
                        .code())
                .isEqualTo(40062);
    }

    @Test
    void whoeverChangesWhatTheyHaveNotSeenIsRefused() {
        String id = add(product("Pot", 100, true)).data().path("productId").asString();
        assertThat(replace(id, product("Pot", 200, true), "1").status()).isEqualTo(200);
        assertThat(replace(id, product("Pot", 300, true), "\"1\"").code()).isEqualTo(40950);
        assertThat(replace(id, product("Pot", 300, true), "*").code()).isEqualTo(40070);
        assertThat(replace(id, product("Pot", 300, true), null).code()).isEqualTo(40070);
        assertThat(replace(UUID.randomUUID().toString(), product("Pot", 300, true), "1")
                        .code())
                .isEqualTo(40450);
        assertThat(replace("pot", product("Pot", 300, true), "1").code()).isEqualTo(40450);
        assertThat(read(id).data().path("price").asLong()).isEqualTo(200);
    }

    @Test
    void ofManyWhoReplaceTheSameVersionOneWins() {
        String id = add(product("Cup", 100, true)).data().path("productId").asString();
        List<CompletableFuture<Answer>> answers = IntStream.range(0, 40)
                .mapToObj(i -> (i % 2 == 0 ? api : other)
                        .start("PUT", PRODUCTS + "/" + id, operator, product("Cup", 200 + i, true), "If-Match", "1"))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).map(Answer::status))
                .filteredOn(status -> status == 200)
                .hasSize(1);
        assertThat(api.call("GET", STOCK + "/" + id, operator, null)
                        .data()
                        .path("version")
                        .asLong())
                .isEqualTo(2);
    }

    @Test
    void staffPutsInAndTakesOutButNeverWhatOrdersHold() {
        String id = add(product("Tea", 100, true)).data().path("productId").asString();
        ProductId product = new ProductId(UUID.fromString(id));
        assertThat(change(id, 10).data().path("available").asLong()).isEqualTo(10);
        api.context()
                .getBean(Inventory.class)
                .take(UUID.randomUUID(), List.of(new Line(product, 4)))
                .block(Duration.ofSeconds(10));
        assertThat(change(id, -7).code()).isEqualTo(40951);
        assertThat(change(id, -6).data().path("available").asLong()).isZero();
        assertThat(change(id, -1).code()).isEqualTo(40951);
        assertThat(new Shelf(backend).counts(product)).isEqualTo(new Counts(0, 4, 0));
        assertThat(change(UUID.randomUUID().toString(), 1).code()).isEqualTo(40450);

        JsonNode changes = other.call("GET", PRODUCTS + "/" + id + "/stock-changes", operator, null)
                .data()
                .path("items");
        assertThat(changes.valueStream().map(made -> made.path("delta").asInt()))
                .containsExactly(-6, 10);
        assertThat(changes.path(0).path("by").asString()).isEqualTo("oli");
        assertThat(changes.path(0).path("reason").asString()).isEqualTo("Stocktaking");
    }

    @Test
    void oneKeyChangesTheStockOnceHoweverOftenAndWhereverItIsSent() {
        String id = add(product("Tea", 100, true)).data().path("productId").asString();
        String second = add(product("Tea", 100, true)).data().path("productId").asString();
        String key = UUID.randomUUID().toString();
        Map<String, Object> five = Map.of("delta", 5, "reason", "Delivery");
        List<CompletableFuture<Answer>> answers = IntStream.range(0, 60)
                .mapToObj(i ->
                        (i % 2 == 0 ? api : other).start("POST", changes(id), operator, five, "Idempotency-Key", key))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).map(Answer::status))
                .containsOnly(200);
        assertThat(answers.stream().map(answer -> answer.join().data()).distinct())
                .hasSize(1);
        assertThat(new Shelf(backend).counts(new ProductId(UUID.fromString(id))))
                .isEqualTo(new Counts(5, 0, 0));
        assertThat(post(changes(id), operator, Map.of("delta", 6, "reason", "Delivery"), "Idempotency-Key", key)
                        .code())
                .isEqualTo(40930);
        assertThat(post(changes(second), operator, five, "Idempotency-Key", key).code())
                .isEqualTo(40930);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name | null | name is missing
            name | "" | visible character
            name | "   " | visible character
            name | "a\\u0000b" | visible character
            name | 5 | wrong type
            description | "a\\u0007" | control characters
            price | null | price is missing
            price | 0 | from 1 to 100000000
            price | -1 | from 1 to 100000000
            price | 100000001 | from 1 to 100000000
            price | "100" | wrong type
            price | 1.5 | wrong type
            published | null | published is missing
            published | "yes" | wrong type
            """)
    void everyFieldOfAProductIsChecked(String field, String value, String sentence) {
        String body = "{\"name\": \"Tea\", \"price\": 100, \"published\": true}"
                .replace("{", "{\"" + field + "\": " + value + ", ");
        String once = body.replaceFirst(", \"" + field + "\": [^,}]+", "");
        Answer answer = api.call("POST", PRODUCTS, operator, field.equals("description") ? body : once);
        assertThat(answer.code()).as(answer.body().toString()).isEqualTo(40000);
        assertThat(answer.message()).contains(sentence);
    }

    @Test
    void textsMayBeLongButNotTooLong() {
        String name = "🍵".repeat(100);
        String description = "茶\n".repeat(2500);
        Map<String, Object> longest = Map.of("name", name, "description", description, "price", 1, "published", true);
        Answer added = post(PRODUCTS, operator, longest, NONE);
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.data().path("description").asString()).isEqualTo(description);
        Map<String, Object> longer = new HashMap<>(longest);
        longer.put("name", name + "a");
        assertThat(post(PRODUCTS, operator, longer, NONE).message()).contains("longer than 100 characters");
        longer.put("name", name);
        longer.put("description", description + "a");
        assertThat(post(PRODUCTS, operator, longer, NONE).message()).contains("longer than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"reason\": \"Fire\"}",
                "{\"delta\": 0, \"reason\": \"Fire\"}",
                "{\"delta\": 1000001, \"reason\": \"Fire\"}",
                "{\"delta\": -1000001, \"reason\": \"Fire\"}",
                "{\"delta\": 1.5, \"reason\": \"Fire\"}",
                "{\"delta\": 1}",
                "{\"delta\": 1, \"reason\": \" \"}"
            })
    void everyFieldOfAStockChangeIsChecked(String body) {
        String id = add(product("Tea", 100, true)).data().path("productId").asString();
        assertThat(api.call("POST", changes(id), operator, body).code()).isEqualTo(40000);
        assertThat(new Shelf(backend).counts(new ProductId(UUID.fromString(id))))
                .isEqualTo(new Counts(0, 0, 0));
    }

    private static Map<String, Object> product(String name, long price, boolean published) {
        return Map.of("name", name, "description", "Fresh", "price", price, "published", published);
    }

    private static Answer add(Map<String, Object> product) {
        return post(PRODUCTS, operator, product, NONE);
    }

    private static Answer post(String path, String token, Map<String, Object> body, String... headers) {
        return api.start("POST", path, token, body, headers).join();
    }

    private static Answer replace(String id, Map<String, Object> product, @Nullable String version) {
        String[] headers = version == null ? NONE : new String[] {"If-Match", version};
        return other.start("PUT", PRODUCTS + "/" + id, operator, product, headers)
                .join();
    }

    private static Answer read(String id) {
        return api.call("GET", PRODUCTS + "/" + id, user, null);
    }

    private static Answer change(String id, int delta) {
        return api.call("POST", changes(id), operator, Map.of("delta", delta, "reason", "Stocktaking"));
    }

    private static String changes(String id) {
        return PRODUCTS + "/" + id + "/stock-changes";
    }

    private static List<String> all(String path, String token) {
        List<String> ids = new ArrayList<>();
        String after = "";
        do {
            JsonNode page =
                    api.call("GET", path + "?limit=4" + after, token, null).data();
            page.path("items").forEach(item -> ids.add(item.path("productId").asString()));
            after = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asString();
        } while (!after.isEmpty());
        return ids;
    }
}

package io.miniplane.server.order;

import static io.miniplane.server.order.Counter.ORDERS;
import static io.miniplane.server.order.Counter.basket;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.platform.IdempotencyKey;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same order sent again, to two servers. */
class IdempotentOrdersIT {

    private static final int REQUESTS = 200;

    private static Backend backend;
    private static List<Api> servers;
    private static Counter counter;
    private static ProductId tea;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        servers = List.of(backend.startServer(), backend.startServer());
        counter = new Counter(servers.getFirst());
        tea = new Shelf(backend).put("Tea", 1000, 10_000);
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void twoHundredRequestsAtOnceWithOneKeyMakeOneOrderAndGetOneAnswer() {
        String token = user();
        List<CompletableFuture<Answer>> sent = IntStream.range(0, REQUESTS)
                .mapToObj(i -> untilAccepted(servers.get(i % 2), token))
                .toList();
        List<Answer> answers = sent.stream().map(CompletableFuture::join).toList();
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo(answers.getFirst().body());
            assertThat(answer.response().headers().firstValue("Location"))
                    .isEqualTo(answers.getFirst().response().headers().firstValue("Location"));
        });
        String id = Counter.id(answers.getFirst());
        assertThat(ids(token)).containsExactly(id);
        counter.awaitStatus(token, id, "CONFIRMED");
        assertThat(backend.rows("SELECT 1 FROM outbox WHERE type = 'order.created' AND aggregateid = '" + id + "'"))
                .hasSize(1);
        assertThat(backend.rows("SELECT 1 FROM order_items WHERE order_id = '" + id + "'"))
                .hasSize(1);
    }

    @Test
    void theAnswerStaysTheSameHoweverFarTheOrderHasCome() {
        String token = user();
        Answer first = place(token, "k", 1);
        counter.awaitStatus(token, Counter.id(first), "CONFIRMED");
        counter.put(token, Counter.id(first), "cancellation", null);
        backend.execute("UPDATE products SET is_published = false WHERE id = '" + tea + "'");
        try {
            assertThat(place(token, "k", 1).body()).isEqualTo(first.body());
            assertThat(place(token, "\"k\"", 1).body()).isEqualTo(first.body());
            assertThat(place(token, "other", 1).code()).isEqualTo(40060);
        } finally {
            backend.execute("UPDATE products SET is_published = true WHERE id = '" + tea + "'");
        }
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefusedAndTheSameInOtherWordsIsNot() {
        String token = user();
        Answer first = place(token, "k", 1);
        assertThat(place(token, "k", 2).code()).isEqualTo(40930);
        String turned = "{ \"more\": 1, \"lines\": [ {\"quantity\": 1, \"productId\": \"" + tea + "\"} ] }";
        assertThat(counter.place(token, turned, IdempotencyKey.HEADER, "k").body())
                .isEqualTo(first.body());
        assertThat(ids(token)).containsExactly(Counter.id(first));
    }

    @Test
    void aKeyIsItsUsersOwnAndWithoutOneEveryRequestIsNew() {
        String token = user();
        String other = user();
        assertThat(Counter.id(place(token, "k", 1))).isNotEqualTo(Counter.id(place(other, "k", 1)));
        counter.place(token, basket(tea, 1));
        counter.place(token, basket(tea, 1));
        assertThat(ids(token)).hasSize(3);
    }

    @Test
    void whatIsNoKeyIsRefused() {
        Answer refused = place(user(), "two words", 1);
        assertThat(refused.code()).isEqualTo(40062);
        assertThat(refused.message()).contains("1 to 128");
    }

    @Test
    void aRequestThatWasRefusedDoesNotUseItsKey() {
        String token = user();
        assertThat(counter.place(token, "{\"lines\":[]}", IdempotencyKey.HEADER, "k")
                        .code())
                .isEqualTo(40000);
        assertThat(place(token, "k", 1).status()).isEqualTo(201);
    }

    /** A server that has no database connection to spare says 503; whoever has a key sends again. */
    private static CompletableFuture<Answer> untilAccepted(Api server, String token) {
        return server.start("POST", ORDERS, token, basket(tea, 2), IdempotencyKey.HEADER, "the-one")
                .thenCompose(answer -> answer.code() == 50302
                        ? untilAccepted(server, token)
                        : CompletableFuture.completedFuture(answer));
    }

    private static Answer place(String token, String key, int quantity) {
        return counter.place(token, basket(tea, quantity), IdempotencyKey.HEADER, key);
    }

    private static List<String> ids(String token) {
        return servers.getLast()
                .call("GET", ORDERS, token, null)
                .data()
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    private static String user() {
        return counter.api().logIn(backend.loginCode()).token();
    }
}

package io.miniplane.server.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.platform.events.DomainEvent.Aggregate;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.StaffIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

class DeadLettersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LETTERS = "/api/v1/dead-letters";
    private static final String QUEUE = "trial.stubborn";
    private static final String[] QUICK = {
        "--miniplane.events.first-retry=10ms",
        "--miniplane.events.longest-retry=20ms",
        "--miniplane.events.attempts=2",
        "--miniplane.events.poll=200ms"
    };

    private Backend backend;
    private StaffIssuer issuer;
    private Api api;
    private String operator;

    @BeforeEach
    void start(@TempDir Path keys) {
        Stubborn.fails = true;
        backend = new Backend(keys);
        issuer = StaffIssuer.start()
                .give("sue", List.of("helpdesk"))
                .give("oli", List.of("shop-floor"))
                .give("ada", List.of("owners"));
        api = backend.startServerWith(
                new Class<?>[] {Handlers.class},
                Stream.of(issuer.settings(), QUICK).flatMap(Stream::of).toArray(String[]::new));
        operator = issuer.token("oli");
        backend.execute("CREATE TABLE effects (event uuid, number int, at timestamptz DEFAULT clock_timestamp())");
    }

    @AfterEach
    void stop() {
        backend.close();
        issuer.close();
    }

    @Test
    void aDeadLetterIsListedShownAndReplayedAndItsEffectIsThereOnce() {
        DomainEvent event = event("a", 7);
        die(event);
        JsonNode listed = call("GET", LETTERS + "?queue=" + QUEUE).data().path("items");
        assertThat(listed).singleElement().satisfies(letter -> {
            assertThat(letter.path("eventId").asString()).isEqualTo(event.id().toString());
            assertThat(letter.path("data").isNull()).isTrue();
        });
        JsonNode shown = call("GET", at(event.id())).data();
        assertThat(shown.path("queue").asString()).isEqualTo(QUEUE);
        assertThat(shown.path("type").asString()).isEqualTo("trial.hard");
        assertThat(shown.path("aggregateId").asString()).isEqualTo("a");
        assertThat(shown.path("attempts").asInt()).isEqualTo(2);
        assertThat(shown.path("lastError").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(shown.path("traceId").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(shown.path("data").asString()).isEqualTo("7");
        Stubborn.fails = false;
        assertThat(call("POST", at(event.id()) + "/replay").status()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> effects().contains(7));
        assertThat(call("POST", at(event.id()) + "/replay").code()).isEqualTo(40420);
        assertThat(call("GET", LETTERS).data().path("items")).isEmpty();
        assertThat(effects()).containsExactly(7);
        assertThat(audited("dead-letters.replay")).contains(QUEUE + "/" + event.id());
    }

    @Test
    void aReplayThatFailsAgainIsADeadLetterAgainWithItsAttemptsCountedAnew() {
        DomainEvent event = event("a", 7);
        die(event);
        Object first = diedAt(event.id());
        assertThat(call("POST", at(event.id()) + "/replay").status()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> {
            Answer again = call("GET", at(event.id()));
            return again.status() == 200 && !diedAt(event.id()).equals(first);
        });
        assertThat(call("GET", at(event.id())).data().path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void ofManyWhoReplayOrDiscardALetterAtOnceOneDoes() {
        DomainEvent event = event("a", 7);
        die(event);
        Stubborn.fails = false;
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            calls.add(api.start("POST", at(event.id()) + "/replay", operator, null));
        }
        List<Integer> statuses =
                calls.stream().map(call -> call.join().status()).toList();
        assertThat(statuses)
                .containsOnlyOnce(200)
                .allMatch(status -> List.of(200, 404, 409).contains(status));
        await().atMost(PATIENCE).until(() -> !effects().isEmpty());
        assertThat(effects()).containsExactly(7);
    }

    @Test
    void aLetterThatIsDiscardedIsGoneEvenWhenItsEventComesAgain() {
        DomainEvent event = event("a", 7);
        die(event);
        assertThat(call("DELETE", at(event.id())).status()).isEqualTo(200);
        assertThat(call("DELETE", at(event.id())).code()).isEqualTo(40420);
        Stubborn.fails = false;
        backend.execute("INSERT INTO queue_messages (position, queue, lane) SELECT position, '" + QUEUE
                + "', 1 FROM outbox WHERE id = '" + event.id() + "'");
        await().atMost(PATIENCE)
                .until(() -> backend.rows("SELECT FROM queue_messages").isEmpty());
        assertThat(effects()).isEmpty();
        assertThat(audited("dead-letters.discard")).contains(QUEUE + "/" + event.id());
    }

    @Test
    void laterEventsOfTheAggregateWaitForALetterThatIsReplayed() {
        DomainEvent first = event("a", 1);
        die(first);
        backend.execute("UPDATE queue_messages SET dead_at = NULL, due_at = now() + interval '1 day'");
        Stubborn.fails = false;
        write(event("a", 2));
        await().atMost(PATIENCE)
                .until(() -> backend.rows("SELECT FROM queue_messages").size() == 2);
        backend.execute("UPDATE queue_messages SET dead_at = now() WHERE attempts = 2");
        await().atMost(PATIENCE).until(() -> effects().equals(List.of(2)));
        Stubborn.fails = true;
        write(event("a", 3));
        await().atMost(PATIENCE).until(() -> dead() == 2);
        Stubborn.fails = false;
        Answer all = call("POST", LETTERS + "/replays", Map.of("queue", QUEUE));
        assertThat(all.data().path("replayed").asInt()).isEqualTo(2);
        await().atMost(PATIENCE).until(() -> effects().size() == 3);
        assertThat(effects()).containsExactly(2, 1, 3);
    }

    @Test
    void aWholeQueueIsReplayedInBoundedPartsThatLeaveAloneWhatDiesMeanwhile() {
        Flux.range(0, 30)
                .concatMap(number -> outbox().write(event("a" + number, number)))
                .blockLast(PATIENCE);
        await().atMost(PATIENCE).until(() -> dead() == 30);
        backend.execute("UPDATE queue_messages SET dead_at = dead_at - interval '1 hour' WHERE position <= 20");
        String hourAgo = backend.rows("SELECT to_char((now() - interval '30 minutes') AT TIME ZONE 'UTC',"
                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') AS at")
                .getFirst()
                .get("at")
                .toString();
        Answer part = call("POST", LETTERS + "/replays", Map.of("queue", QUEUE, "diedBefore", hourAgo));
        assertThat(part.data().path("replayed").asInt()).isEqualTo(20);
        assertThat(part.data().path("remaining").asInt()).isZero();
        await().atMost(PATIENCE).until(() -> dead() == 30);
        Answer again = call("POST", LETTERS + "/replays", Map.of("queue", QUEUE, "diedBefore", hourAgo));
        assertThat(again.data().path("replayed").asInt()).isZero();
        Stubborn.fails = false;
        List<CompletableFuture<Answer>> calls = IntStream.range(0, 4)
                .mapToObj(call -> api.start("POST", LETTERS + "/replays", operator, Map.of("queue", QUEUE)))
                .toList();
        assertThat(calls.stream()
                        .mapToInt(call -> call.join().data().path("replayed").asInt())
                        .sum())
                .isEqualTo(30);
        await().atMost(PATIENCE).until(() -> effects().size() == 30);
        assertThat(effects()).doesNotHaveDuplicates();
        assertThat(audited("dead-letters.replay-all")).contains(QUEUE);
    }

    @Test
    void aListIsReadInPartsFromTheNewestOn() {
        for (int number = 0; number < 7; number++) {
            write(event("a" + number, number));
        }
        await().atMost(PATIENCE).until(() -> dead() == 7);
        List<Integer> seen = new ArrayList<>();
        String after = "";
        for (int part = 0; part < 4; part++) {
            JsonNode page = call("GET", LETTERS + "?limit=2" + after).data();
            page.path("items")
                    .forEach(letter -> seen.add(Integer.valueOf(
                            letter.path("aggregateId").asString().substring(1))));
            after = "&after=" + page.path("next").asString();
            assertThat(page.path("next").isNull()).isEqualTo(part == 3);
        }
        assertThat(seen).containsExactly(6, 5, 4, 3, 2, 1, 0);
        assertThat(call("GET", LETTERS + "?limit=0").code()).isEqualTo(40040);
        assertThat(call("GET", LETTERS + "?after=bm9uZQ").code()).isEqualTo(40041);
        assertThat(call("GET", LETTERS + "?queue=No%20Queue").code()).isEqualTo(40421);
    }

    @Test
    void personalDataIsNeverShown() {
        DomainEvent event = event("a", 138).personal();
        die(event);
        JsonNode shown = call("GET", at(event.id())).data();
        assertThat(shown.path("personal").asBoolean()).isTrue();
        assertThat(shown.path("data").isNull()).isTrue();
        assertThat(shown.toString()).doesNotContain("138");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET %s", "POST %s/replay", "DELETE %s"})
    void whatIsNotThereIsSaidToBeNotThere(String call) {
        String[] parts = call.split(" ", 2);
        for (String letter : List.of(
                at(UUID.randomUUID()),
                LETTERS + "/other/" + UUID.randomUUID(),
                LETTERS + "/" + QUEUE + "/7",
                LETTERS + "/No%20Queue/" + UUID.randomUUID())) {
            Answer answer = call(parts[0], parts[1].formatted(letter));
            assertThat(answer.code()).as(letter).isEqualTo(40420);
            assertThat(answer.message()).contains("no such dead letter");
        }
    }

    @Test
    void anEventThatStillWaitsIsNoDeadLetter() {
        DomainEvent event = event("a", 7);
        die(event);
        backend.execute("UPDATE queue_messages SET dead_at = NULL, due_at = now() + interval '1 day'");
        assertThat(call("GET", at(event.id())).code()).isEqualTo(40420);
        assertThat(call("POST", at(event.id()) + "/replay").code()).isEqualTo(40922);
        assertThat(call("DELETE", at(event.id())).code()).isEqualTo(40922);
        assertThat(call("POST", LETTERS + "/replays", Map.of("queue", "no.such"))
                        .code())
                .isEqualTo(40421);
        assertThat(call("POST", LETTERS + "/replays", Map.of()).code()).isEqualTo(40000);
        assertThat(call("POST", LETTERS + "/replays", Map.of("queue", QUEUE, "diedBefore", "yesterday"))
                        .code())
                .isEqualTo(40000);
    }

    private void die(DomainEvent event) {
        write(event);
        await().atMost(PATIENCE).until(() -> dead() == 1);
    }

    private long dead() {
        return backend.rows("SELECT FROM queue_messages WHERE dead_at IS NOT NULL")
                .size();
    }

    private List<Object> effects() {
        return backend.rows("SELECT number FROM effects ORDER BY at").stream()
                .map(row -> row.get("number"))
                .toList();
    }

    private List<Object> audited(String action) {
        return backend.rows("SELECT object FROM audit WHERE action = '" + action + "' AND subject = 'oli'").stream()
                .map(row -> row.get("object"))
                .toList();
    }

    private Object diedAt(UUID event) {
        return call("GET", at(event)).data().path("diedAt").asString();
    }

    private Answer call(String method, String path) {
        return call(method, path, null);
    }

    private Answer call(String method, String path, @Nullable Object body) {
        return api.call(method, path, operator, body);
    }

    private static String at(UUID event) {
        return LETTERS + "/" + QUEUE + "/" + event;
    }

    private static DomainEvent event(String aggregate, int number) {
        return DomainEvent.of("trial.hard", new Aggregate("trial", aggregate), Integer.toString(number))
                .within("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    }

    private Outbox outbox() {
        return api.context().getBean(Outbox.class);
    }

    private void write(DomainEvent event) {
        outbox().write(event).block(PATIENCE);
    }

    /** No configuration by name, or every server of every test would find it. */
    static class Handlers {

        @Bean
        EventHandlers stubbornHandlers(DatabaseClient database) {
            return EventHandlers.of(new Stubborn(database));
        }
    }

    record Stubborn(DatabaseClient database) implements EventHandler {

        static volatile boolean fails;

        @Override
        public String queue() {
            return QUEUE;
        }

        @Override
        public Set<String> types() {
            return Set.of("trial.hard");
        }

        @Override
        public Mono<Void> handle(DomainEvent event) {
            return fails
                    ? Mono.error(new IllegalStateException("as asked"))
                    : database.sql("INSERT INTO effects (event, number) VALUES (:event, :number)")
                            .bind("event", event.id())
                            .bind("number", Integer.parseInt(event.data()))
                            .then();
        }
    }
}

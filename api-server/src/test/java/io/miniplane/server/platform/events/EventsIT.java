package io.miniplane.server.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.platform.events.DomainEvent.Aggregate;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class EventsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String[] QUICK = {
        "--miniplane.events.first-retry=20ms", "--miniplane.events.longest-retry=100ms",
                "--miniplane.events.attempts=3",
        "--miniplane.events.poll=200ms", "--miniplane.events.lease=2s", "--miniplane.events.handler-timeout=3s"
    };
    private static final Class<?>[] HANDLERS = {Handlers.class};

    private Backend backend;
    private Api one;

    @BeforeEach
    void start(@TempDir Path keys) {
        Handlers.SEEN.clear();
        Handlers.FAILURES.clear();
        Handlers.hangs = false;
        backend = new Backend(keys);
        one = backend.startServerWith(HANDLERS, QUICK);
        backend.execute(
                "CREATE TABLE effects (queue text, event uuid, aggregate text, number int, at timestamptz DEFAULT clock_timestamp())");
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void everyQueueThatWantsAnEventHandlesItOnceAndSoon() {
        DomainEvent event = event("trial.counted", "a", 1);
        write(one, event);
        await().atMost(Duration.ofSeconds(5)).until(() -> effects(event.id()) == 2);
        assertThat(backend.rows("SELECT * FROM queue_messages")).isEmpty();
        assertThat(backend.rows("SELECT * FROM inbox WHERE event_id = '" + event.id() + "'"))
                .hasSize(2);
        assertThat(one.metrics())
                .contains("miniplane_event_seconds_count{", "queue=\"trial.first\"", "miniplane_outbox_age_seconds")
                .contains(
                        "miniplane_queue_messages_ready{",
                        "miniplane_queue_oldest_age_seconds{",
                        "miniplane_dead_letters{");
    }

    @Test
    void eventsOfOneAggregateAreHandledInOrderByTwoServersAlthoughSomeFail() {
        one.context().close();
        String[] patient = Stream.of(QUICK)
                .map(setting -> setting.replace("attempts=3", "attempts=100"))
                .toArray(String[]::new);
        one = backend.startServerWith(HANDLERS, patient);
        backend.startServerWith(HANDLERS, patient);
        Handlers.FAILURES.put("every-third", new AtomicInteger());
        Flux.range(0, 200)
                .concatMap(number -> outbox(one).write(event("trial.counted", "aggregate-" + number % 5, number)))
                .blockLast(PATIENCE);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> backend.rows("SELECT * FROM queue_messages").isEmpty()
                        && backend.rows("SELECT * FROM effects").size() == 400);
        assertThat(
                        backend.rows(
                                "SELECT queue, aggregate FROM (SELECT queue, aggregate, number,"
                                        + " lag(number) OVER (PARTITION BY queue, aggregate ORDER BY at) AS earlier FROM effects) e WHERE earlier > number"))
                .isEmpty();
        assertThat(backend.rows("SELECT event FROM effects GROUP BY event, queue HAVING count(*) > 1"))
                .isEmpty();
    }

    @Test
    void whatFailsTooOftenIsADeadLetterThatNamesTheClassOfTheErrorAndHoldsUpNobody() {
        DomainEvent bad = event("trial.counted", "a", -1);
        DomainEvent good = event("trial.counted", "a", 2);
        write(one, bad);
        write(one, good);
        await().atMost(PATIENCE).until(() -> effects(good.id()) == 2);
        List<Map<String, Object>> dead =
                backend.rows("SELECT last_error, attempts FROM queue_messages WHERE dead_at IS NOT NULL");
        assertThat(dead)
                .hasSize(2)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("last_error", "java.lang.IllegalStateException")
                        .containsEntry("attempts", 3));
        assertThat(effects(bad.id())).isZero();
        await().atMost(PATIENCE)
                .until(() -> one.metrics()
                        .lines()
                        .anyMatch(line -> line.startsWith("miniplane_dead_letters{")
                                && line.contains("trial.first")
                                && line.endsWith(" 1.0")));
    }

    @Test
    void personalDataIsEncryptedAtRestAndOpenToItsHandler() {
        DomainEvent event = DomainEvent.of("trial.personal", new Aggregate("trial", "a"), "{\"name\":\"Zhang San\"}")
                .personal();
        write(one, event);
        await().atMost(PATIENCE)
                .until(() -> Handlers.SEEN.stream().anyMatch(seen -> seen.data().contains("Zhang San")));
        assertThat(backend.rows("SELECT data, sealed_data FROM outbox"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.get("data")).isNull();
                    assertThat(new String((byte[]) row.get("sealed_data"), StandardCharsets.ISO_8859_1))
                            .doesNotContain("Zhang");
                });
    }

    @Test
    void anEventThatNobodyWantsIsKeptUntilSomebodyDoes() {
        DomainEvent event = event("trial.later", "a", 1);
        write(one, event);
        await().atMost(PATIENCE)
                .until(() ->
                        backend.rows("SELECT * FROM outbox WHERE is_parked").size() == 1);
        backend.startServerWith(new Class<?>[] {Handlers.class, Later.class}, QUICK);
        await().atMost(PATIENCE).until(() -> effects(event.id()) == 1);
    }

    @Test
    void anEventThatComesAgainAfterItWasHandledHasNoEffect() {
        DomainEvent event = event("trial.counted", "a", 1);
        write(one, event);
        await().atMost(PATIENCE).until(() -> effects(event.id()) == 2);
        backend.execute(
                "INSERT INTO queue_messages (position, queue, lane) SELECT position, queue, 1 FROM outbox, (VALUES ('trial.first'), ('trial.elsewhere')) q (queue)");
        await().atMost(PATIENCE)
                .until(() -> backend.rows("SELECT * FROM queue_messages").isEmpty());
        assertThat(effects(event.id())).isEqualTo(2);
        assertThat(one.metrics()
                        .lines()
                        .filter(line -> line.startsWith("miniplane_event_seconds_count")
                                && line.contains("repeated")
                                && line.endsWith(" 1")))
                .hasSize(2);
    }

    @Test
    void theShareOfAWorkerThatVanishedIsTakenOver() {
        UUID gone = UUID.randomUUID();
        backend.execute("INSERT INTO event_workers VALUES ('" + gone + "', now())");
        Handlers.hangs = true;
        DomainEvent event = event("trial.counted", "a", 1);
        write(one, event);
        await().atMost(PATIENCE)
                .until(() -> backend.rows("SELECT * FROM queue_messages WHERE claimed_by IS NOT NULL")
                                .size()
                        == 2);
        backend.execute("UPDATE queue_messages SET claimed_by = '" + gone + "'");
        Handlers.hangs = false;
        Api other = backend.startServerWith(HANDLERS, QUICK);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> backend.rows("SELECT * FROM queue_messages").isEmpty());
        assertThat(backend.rows("SELECT * FROM event_workers WHERE id = '" + gone + "'"))
                .isEmpty();
        assertThat(effects(event.id())).isEqualTo(2);
        assertThat(other.metrics()).contains("miniplane_event_seconds");
    }

    @Test
    void aServerThatStopsFinishesWhatItBeganAndGivesTheRestBack() {
        Flux.range(0, 300)
                .concatMap(number -> outbox(one).write(event("trial.counted", "b" + number, number)))
                .blockLast(PATIENCE);
        one.context().close();
        assertThat(backend.rows("SELECT * FROM queue_messages WHERE claimed_by IS NOT NULL"))
                .isEmpty();
        assertThat(backend.rows("SELECT * FROM event_workers")).isEmpty();
        assertThat(
                        backend.rows(
                                "SELECT * FROM effects e WHERE NOT EXISTS (SELECT FROM inbox i WHERE i.event_id = e.event AND i.queue = e.queue)"))
                .isEmpty();
        backend.startServerWith(HANDLERS, QUICK);
        await().atMost(PATIENCE)
                .until(() -> backend.rows("SELECT * FROM effects").size() == 600);
        assertThat(backend.rows("SELECT event FROM effects GROUP BY event, queue HAVING count(*) > 1"))
                .isEmpty();
    }

    @Test
    void whatIsDoneForLongIsForgottenAndWhatIsNotDoneStays() {
        write(one, event("trial.counted", "a", 1));
        write(one, event("trial.unwanted", "a", 2));
        write(one, event("trial.counted", "b", -1));
        await().atMost(PATIENCE)
                .until(() -> backend.rows("SELECT * FROM queue_messages WHERE dead_at IS NOT NULL")
                                        .size()
                                == 2
                        && backend.rows("SELECT * FROM inbox").size() == 2
                        && backend.rows("SELECT * FROM queue_progress WHERE settled_to >= 3 AND queue LIKE 'trial.%'")
                                        .size()
                                == 2
                        && backend.rows("SELECT * FROM outbox WHERE is_parked").size() == 1);
        Sweeper sweeper = one.context().getBean("eventSweeper", Sweeper.class);
        assertThat(sweeper.sweep(100).block(PATIENCE)).isZero();
        backend.execute(
                "UPDATE outbox SET relayed_at = relayed_at - interval '8 days', written_at = written_at - interval '31 days';"
                        + " UPDATE inbox SET handled_at = handled_at - interval '8 days'");
        assertThat(sweeper.sweep(100).block(PATIENCE)).isEqualTo(2);
        assertThat(backend.rows("SELECT * FROM outbox")).hasSize(1);
        backend.execute("UPDATE queue_messages SET dead_at = dead_at - interval '91 days'");
        sweeper.sweep(100).block(PATIENCE);
        assertThat(backend.rows("SELECT position FROM outbox UNION ALL SELECT position FROM queue_messages"))
                .isEmpty();
    }

    @Test
    void aServerThatOnlyAnswersWritesAndAWorkerIsTold() {
        Api api = backend.startServerWith(HANDLERS, "--miniplane.role=api");
        assertThat(api.context().getBeansOfType(EventWorker.class)).isEmpty();
        assertThat(api.metrics()).doesNotContain("miniplane_queue_messages_ready");
        DomainEvent event = event("trial.counted", "a", 1);
        write(api, event);
        await().atMost(PATIENCE).until(() -> effects(event.id()) == 2);
    }

    private long effects(UUID event) {
        return backend.rows("SELECT * FROM effects WHERE event = '" + event + "'")
                .size();
    }

    private static DomainEvent event(String type, String aggregate, int number) {
        return DomainEvent.of(type, new Aggregate("trial", aggregate), Integer.toString(number));
    }

    private static Outbox outbox(Api server) {
        return server.context().getBean(Outbox.class);
    }

    private static void write(Api server, DomainEvent event) {
        outbox(server).write(event).block(PATIENCE);
    }

    /** No configuration by name, or every server of every test would find it. */
    static class Handlers {

        static final List<DomainEvent> SEEN = new CopyOnWriteArrayList<>();
        static final Map<String, AtomicInteger> FAILURES = new ConcurrentHashMap<>();
        static volatile boolean hangs;

        @Bean
        EventHandlers trialHandlers(DatabaseClient database) {
            return EventHandlers.of(
                    new Counting(
                            "trial.first",
                            Set.of("trial.counted", "trial.personal"),
                            EventHandler.Effect.DATABASE,
                            database),
                    new Counting("trial.elsewhere", Set.of("trial.counted"), EventHandler.Effect.ELSEWHERE, database));
        }
    }

    static class Later {

        @Bean
        EventHandlers laterHandlers(DatabaseClient database) {
            return EventHandlers.of(
                    new Counting("trial.later", Set.of("trial.later"), EventHandler.Effect.DATABASE, database));
        }
    }

    record Counting(String queue, Set<String> types, EventHandler.Effect effect, DatabaseClient database)
            implements EventHandler {

        @Override
        public Mono<Void> handle(DomainEvent event) {
            Handlers.SEEN.add(event);
            if (Handlers.hangs) {
                return Mono.never();
            }
            AtomicInteger count = Handlers.FAILURES.get("every-third");
            boolean fails = (count != null && count.incrementAndGet() % 3 == 0)
                    || event.data().equals("-1");
            Mono<Void> written = fails && effect == Effect.ELSEWHERE
                    ? Mono.empty()
                    : database.sql("INSERT INTO effects (queue, event, aggregate, number) VALUES (:q, :e, :a, :n)")
                            .bind("q", queue)
                            .bind("e", event.id())
                            .bind("a", event.aggregate().id())
                            .bind("n", event.isPersonal() ? 0 : Integer.parseInt(event.data()))
                            .then();
            return fails ? written.then(Mono.error(new IllegalStateException("as asked"))) : written;
        }
    }
}

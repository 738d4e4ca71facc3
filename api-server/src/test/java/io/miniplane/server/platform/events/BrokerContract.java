package io.miniplane.server.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.platform.ServerProcess;
import io.miniplane.server.platform.events.DomainEvent.Aggregate;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** What holds whatever carries the events. */
abstract class BrokerContract {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Class<?>[] HANDLERS = {TrialHandlers.class};

    Backend backend;

    /** The settings that choose the broker, which runs. */
    abstract List<String> broker();

    @BeforeEach
    void start(@TempDir Path keys) {
        TrialHandlers.SEEN.clear();
        TrialHandlers.STRANGE.clear();
        TrialHandlers.failing = 0;
        backend = new Backend(keys);
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void everyQueueThatWantsAnEventHandlesItOnceAndSoon() {
        Api server = server();
        DomainEvent event = event("a", 1);
        write(server, event);
        await().atMost(PATIENCE).until(() -> effects(event.id()) == 2);
        assertThat(backend.rows("SELECT * FROM queue_messages")).isEmpty();
        assertThat(backend.rows("SELECT * FROM inbox WHERE event_id = '" + event.id() + "'"))
                .hasSize(2);
        await().atMost(PATIENCE)
                .until(() -> metric(server, "miniplane_broker_connected", "") == 1
                        && metric(server, "miniplane_queue_messages_ready", "trial.first") == 0
                        && metric(server, "miniplane_queue_oldest_age_seconds", "trial.first") == 0
                        && metric(server, "miniplane_dead_letters", "trial.first") == 0
                        && metric(server, "miniplane_outbox_age_seconds", "") == 0);
    }

    @Test
    void eventsOfOneAggregateAreHandledInOrderByTwoServersAlthoughSomeFail() {
        Api one = server("--miniplane.events.attempts=100");
        server("--miniplane.events.attempts=100");
        TrialHandlers.failing = 3;
        writeMany(one, 200, 5, 0);
        awaitEffects(400);
        assertOrderAndNothingTwice();
    }

    @Test
    void whatFailsTooOftenIsADeadLetterAndHoldsUpNobody() {
        Api server = server();
        DomainEvent bad = event("a", -1);
        DomainEvent next = event("a", 2);
        DomainEvent other = event("b", 3);
        write(server, bad);
        write(server, next);
        write(server, other);
        await().atMost(PATIENCE).until(() -> effects(next.id()) == 2 && effects(other.id()) == 2);
        assertThat(backend.rows("SELECT last_error, attempts FROM queue_messages WHERE dead_at IS NOT NULL"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("last_error", "java.lang.IllegalStateException")
                        .containsEntry("attempts", 3));
        assertThat(effects(bad.id())).isZero();
        await().atMost(PATIENCE).until(() -> metric(server, "miniplane_dead_letters", "trial.first") == 1);
    }

    @Test
    void whileAnEventIsTriedAgainTheLaterOnesOfItsAggregateWaitAndOthersDoNot() {
        Api server = server("--miniplane.events.attempts=1000", "--miniplane.events.first-retry=100ms");
        DomainEvent bad = event("a", -1);
        DomainEvent next = event("a", 2);
        write(server, bad);
        write(server, next);
        writeMany(server, 20, 20, 10);
        await().atMost(PATIENCE)
                .until(() -> backend.rows("SELECT * FROM effects").size() == 40);
        await().atMost(PATIENCE)
                .until(() -> backend.rows("SELECT * FROM queue_messages WHERE attempts > 2")
                                .size()
                        == 2);
        assertThat(effects(next.id())).isZero();
        backend.execute("UPDATE outbox SET data = '5' WHERE id = '" + bad.id() + "'");
        awaitEffects(44);
        assertOrderAndNothingTwice();
    }

    @Test
    void anEventThatIsRelayedTwiceHasOneEffect() {
        Api server = server();
        writeMany(server, 20, 4, 0);
        awaitEffects(40);
        backend.execute("UPDATE outbox SET relayed_at = NULL");
        write(server, event("z", 1));
        awaitEffects(42);
        await().atMost(PATIENCE).until(() -> metric(server, "miniplane_event_seconds_count", "repeated") >= 20);
        assertOrderAndNothingTwice();
    }

    @Test
    void aWorkerThatIsKilledLeavesNothingUndoneAndNothingDoneTwice() throws IOException {
        try (ServerProcess worker = new ServerProcess(TrialHandlers.class, List.of(arguments()))) {
            worker.port();
            backend.execute(TrialHandlers.TABLE);
            Api writer = backend.startServerWith(HANDLERS, with("--miniplane.role=api"));
            writeMany(writer, 200, 50, 1_000_000);
            await().atMost(PATIENCE)
                    .until(() -> !backend.rows("SELECT * FROM effects").isEmpty());
            worker.kill();
        }
        assertThat(backend.rows("SELECT DISTINCT event, queue FROM effects").size())
                .isLessThan(400);
        backend.startServerWith(HANDLERS, arguments());
        awaitHandled(400);
        assertThat(backend.rows("SELECT event FROM effects WHERE queue = 'trial.first' GROUP BY event"
                        + " HAVING count(*) > 1"))
                .isEmpty();
    }

    @Test
    void whatOnlyTheNextVersionKnowsWaitsForItWhileBothRun() {
        server();
        Api next = backend.startServerWith(new Class<?>[] {NextTrialHandlers.class}, with());
        Flux.range(0, 40)
                .concatMap(number -> next.context()
                        .getBean(Outbox.class)
                        .write(DomainEvent.of(
                                number % 2 == 0 ? "trial.next" : "trial.counted",
                                new Aggregate("trial", "many-" + number % 4),
                                Integer.toString(number))))
                .blockLast(PATIENCE);
        awaitEffects(60);
        assertOrderAndNothingTwice();
        assertThat(backend.rows("SELECT * FROM queue_messages")).isEmpty();
        assertThat(TrialHandlers.STRANGE).isEmpty();
    }

    @Test
    void whatNoVersionKnowsAnyMoreIsADeadLetter() {
        Api server = server();
        DomainEvent event = DomainEvent.of("trial.next", new Aggregate("trial", "a"), "1");
        DomainEvent later = event("a", 2);
        write(server, event);
        backend.execute("INSERT INTO queue_messages (position, queue, lane, queued_at) SELECT position, 'trial.first',"
                + AggregateOrder.lane("outbox") + ", now() - interval '2 days' FROM outbox WHERE id = '" + event.id()
                + "'");
        write(server, later);
        server.context().getBean(EventSweeper.class).sweep(10).block(PATIENCE);
        await().atMost(PATIENCE).until(() -> effects(later.id()) == 2);
        assertThat(backend.rows("SELECT last_error FROM queue_messages WHERE dead_at IS NOT NULL"))
                .singleElement()
                .asString()
                .contains("no version of the server");
    }

    @Test
    void aRelayThatVanishesIsReplacedWithinSeconds() throws SQLException {
        Api server = server();
        backend.hold(
                "SET idle_in_transaction_session_timeout = '5s'; SELECT pg_advisory_xact_lock(" + Relay.LOCK + ")");
        DomainEvent event = event("a", 1);
        write(server, event);
        await().atMost(Duration.ofSeconds(15)).until(() -> effects(event.id()) == 2);
    }

    Api server(String... settings) {
        Api server = backend.startServerWith(HANDLERS, with(settings));
        backend.execute(TrialHandlers.TABLE.replace("TABLE", "TABLE IF NOT EXISTS"));
        return server;
    }

    String[] arguments() {
        return Stream.concat(backend.settings().stream(), Stream.of(with())).toArray(String[]::new);
    }

    private String[] with(String... settings) {
        return Stream.of(
                        Stream.of(
                                "--miniplane.events.first-retry=20ms",
                                "--miniplane.events.longest-retry=100ms",
                                "--miniplane.events.attempts=3",
                                "--miniplane.events.poll=200ms",
                                "--miniplane.events.lease=2s",
                                "--miniplane.events.handler-timeout=3s",
                                "--miniplane.events.repair-after=2s"),
                        broker().stream(),
                        Stream.of(settings))
                .flatMap(all -> all)
                .collect(Collectors.toMap(
                        setting -> setting.substring(0, setting.indexOf('=')),
                        setting -> setting,
                        (old, latest) -> latest))
                .values()
                .toArray(String[]::new);
    }

    void write(Api server, DomainEvent event) {
        server.context().getBean(Outbox.class).write(event).block(PATIENCE);
    }

    void writeMany(Api server, int events, int aggregates, int first) {
        Flux.range(0, events)
                .concatMap(number -> server.context()
                        .getBean(Outbox.class)
                        .write(event("many-" + number % aggregates, first + number)))
                .blockLast(PATIENCE);
    }

    static DomainEvent event(String aggregate, int number) {
        return DomainEvent.of("trial.counted", new Aggregate("trial", aggregate), Integer.toString(number));
    }

    long effects(UUID event) {
        return backend.rows("SELECT * FROM effects WHERE event = '" + event + "'")
                .size();
    }

    void awaitEffects(int number) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> backend.rows("SELECT * FROM effects").size() >= number);
        awaitHandled(number);
    }

    void awaitHandled(int number) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> backend.rows("SELECT * FROM inbox").size() == number
                        && backend.rows("SELECT * FROM queue_messages WHERE dead_at IS NULL")
                                .isEmpty());
    }

    void assertOrderAndNothingTwice() {
        assertThat(backend.rows("SELECT queue, aggregate FROM (SELECT queue, aggregate, position,"
                        + " lag(position) OVER (PARTITION BY queue, aggregate ORDER BY at) AS earlier"
                        + " FROM effects JOIN outbox ON outbox.id = effects.event) e WHERE earlier > position"))
                .isEmpty();
        assertThat(backend.rows("SELECT event FROM effects GROUP BY event, queue HAVING count(*) > 1"))
                .isEmpty();
    }

    static double metric(Api server, String name, String label) {
        return server.metrics()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}

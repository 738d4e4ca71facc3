package io.miniplane.server.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.platform.events.DomainEvent.Aggregate;
import io.miniplane.server.stage.Api;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of a broker that is a program of its own. */
abstract class RemoteBrokerContract extends BrokerContract {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String TRACE = "00-" + TRACE_ID + "-b7ad6b7169203331-01";

    /** Ends the broker as a machine does that breaks. */
    abstract void killBroker();

    abstract void startBroker();

    /** Takes all the broker's data away; it does not run then. */
    abstract void wipeBroker();

    /** Puts a message into a queue that is no event. */
    abstract void sendForeign(String queue);

    /** How many messages were put aside at the broker because nobody can read them. */
    abstract long putAside();

    /** Begins to listen in to a type, and then gives the first message. */
    abstract Tap tap(String type);

    @Test
    void nothingIsLostOrDoneTwiceWhenTheBrokerDiesMidway() {
        Api server = server("--miniplane.events.attempts=100");
        writeMany(server, 150, 30, 1_000_000);
        await().atMost(PATIENCE)
                .until(() -> backend.rows("SELECT * FROM effects").size() > 20);
        killBroker();
        writeMany(server, 50, 30, 2_000_000);
        startBroker();
        awaitEffects(400);
        assertOrderAndNothingTwice();
    }

    @Test
    void aServerStartsWithoutTheBrokerAndItsEventsWaitInTheOutbox() {
        killBroker();
        Api server = server();
        writeMany(server, 10, 2, 0);
        await().atMost(PATIENCE).until(() -> metric(server, "miniplane_outbox_age_seconds", "") > 0);
        assertThat(metric(server, "miniplane_broker_connected", "")).isZero();
        assertThat(metric(server, "miniplane_queue_messages_ready", "trial.first"))
                .isNaN();
        assertThat(server.signals().path("broker").asString()).isEqualTo("DOWN");
        assertThat(server.signals().path("queues").valueStream()).isNotEmpty().allSatisfy(queue -> {
            assertThat(queue.has("ready")).isFalse();
            assertThat(queue.path("problem").asString()).isEqualTo("The broker does not answer");
        });
        assertThat(backend.rows("SELECT * FROM outbox WHERE relayed_at IS NULL"))
                .hasSize(10);
        startBroker();
        awaitEffects(20);
        assertOrderAndNothingTwice();
    }

    @Test
    void whatTheBrokerHasLostComesFromTheOutbox() {
        Api writer = backend.startServerWith(new Class<?>[] {TrialHandlers.class}, arguments());
        backend.execute(TrialHandlers.TABLE);
        writeMany(writer, 10, 2, 0);
        awaitEffects(20);
        TrialHandlers.failing = 1;
        writeMany(writer, 1, 1, 100);
        writer.context().close();
        TrialHandlers.failing = 0;
        backend.execute("DELETE FROM queue_messages; UPDATE outbox SET relayed_at = clock_timestamp()");
        wipeBroker();
        startBroker();
        Api server = server();
        awaitEffects(22);
        writeMany(server, 10, 2, 200);
        awaitEffects(42);
        assertOrderAndNothingTwice();
    }

    @Test
    void whatTheBrokerHasLostComesFromTheOutboxAlthoughItsQueueIsNeverEmpty() {
        Api server = server("--miniplane.events.concurrency=1");
        writeMany(server, 5, 5, 0);
        awaitEffects(10);
        UUID lost = lose("lost", 5).id();
        writeMany(server, 1000, 50, 1_000_000);
        await().atMost(PATIENCE).until(() -> effects(lost) == 2);
        assertThat(metric(server, "miniplane_queue_messages_ready", "trial.first"))
                .isPositive();
    }

    @Test
    void whatComesTwiceAtOnceIsDoneOnce() {
        Api server = server("--miniplane.events.concurrency=8");
        writeMany(server, 5, 5, 0);
        awaitEffects(10);
        List<DomainEvent> events = IntStream.range(0, 40)
                .mapToObj(i -> lose("twice-" + i, 1_000_000))
                .toList();
        Broker broker = server.context().getBean(Broker.class);
        broker.publish(events.stream()
                        .map(this::outgoing)
                        .flatMap(event -> Stream.of(event, event))
                        .toList())
                .block(PATIENCE);
        awaitEffects(90);
        await().atMost(PATIENCE).until(() -> metric(server, "miniplane_event_seconds_count", "repeated") >= 80);
        assertOrderAndNothingTwice();
    }

    private OutgoingEvent outgoing(DomainEvent event) {
        Object position = backend.rows("SELECT position FROM outbox WHERE id = '" + event.id() + "'")
                .getFirst()
                .get("position");
        return new OutgoingEvent(
                (Long) position,
                event,
                ByteBuffer.wrap(event.data().getBytes(StandardCharsets.UTF_8)),
                Set.of("trial.first", "trial.elsewhere"));
    }

    /** Has the outbox say that the broker was given an event, which it was not. */
    private DomainEvent lose(String aggregate, int number) {
        DomainEvent event = event(aggregate, number);
        backend.execute(
                "INSERT INTO outbox (id, type, schemaversion, aggregatetype, aggregateid, time, data, relayed_at)"
                        + " VALUES ('" + event.id() + "', 'trial.counted', 1, 'trial', '" + aggregate + "', now(), '"
                        + number
                        + "', clock_timestamp())");
        return event;
    }

    @Test
    void aChangeToPostgresLosesNothing() {
        Api server = server();
        writeMany(server, 10, 2, 0);
        awaitEffects(20);
        killBroker();
        server.context().close();
        backend.execute(
                "INSERT INTO outbox (id, type, schemaversion, aggregatetype, aggregateid, time, data, relayed_at)"
                        + " SELECT gen_random_uuid(), 'trial.counted', 1, 'trial', 'many-0', now(), '300', clock_timestamp()");
        Api other = server("--miniplane.messaging.broker=Postgres");
        write(other, event("many-0", 301));
        awaitEffects(24);
        assertOrderAndNothingTwice();
        startBroker();
    }

    @Test
    void aMessageThatIsNoEventIsPutAsideAndCountedAndHoldsUpNobody() {
        Api server = server();
        DomainEvent first = event("a", 1);
        write(server, first);
        await().atMost(PATIENCE).until(() -> effects(first.id()) == 2);
        long before = putAside();
        sendForeign("trial.first");
        DomainEvent second = event("a", 2);
        write(server, second);
        await().atMost(PATIENCE).until(() -> effects(second.id()) == 2);
        await().atMost(PATIENCE).until(() -> metric(server, "miniplane_events_unreadable_total", "trial.first") == 1);
        await().atMost(PATIENCE).until(() -> putAside() == before + 1);
    }

    @Test
    void aMessageSaysAllAboutItsEventInItsHeaders() {
        Api server = server();
        write(server, event("a", 0));
        awaitEffects(2);
        Tap tap = tap("trial.counted");
        DomainEvent event = event("a", 7).within(TRACE);
        write(server, event);
        Message message = tap.take();
        assertThat(message.attributes())
                .containsEntry("specversion", "1.0")
                .containsEntry("id", event.id().toString())
                .containsEntry("type", "trial.counted")
                .containsEntry("schemaversion", "1")
                .containsEntry("aggregatetype", "trial")
                .containsEntry("aggregateid", "a")
                .containsKeys("source", "time", "position");
        assertThat(message.attributes().get("traceparent"))
                .as("the event's trace, told on by the span that sent it")
                .startsWith("00-" + TRACE_ID + "-")
                .endsWith("-01")
                .isNotEqualTo(TRACE);
        assertThat(message.body()).isEqualTo("7");
    }

    @Test
    void personalDataIsSealedOnTheWireAndOpenToItsHandler() {
        Api server = server();
        write(
                server,
                DomainEvent.of("trial.personal", new Aggregate("trial", "a"), "\"nobody\"")
                        .personal());
        await().atMost(PATIENCE).until(() -> TrialHandlers.SEEN.size() == 1);
        Tap tap = tap("trial.personal");
        write(
                server,
                DomainEvent.of("trial.personal", new Aggregate("trial", "a"), "{\"name\":\"Zhang San\"}")
                        .personal());
        Message message = tap.take();
        assertThat(message.body()).doesNotContain("Zhang");
        assertThat(message.attributes().values().toString()).doesNotContain("Zhang");
        await().atMost(PATIENCE)
                .until(() ->
                        TrialHandlers.SEEN.stream().anyMatch(seen -> seen.data().contains("Zhang San")));
    }

    /** Listens in. */
    @FunctionalInterface
    interface Tap {

        /** The first message since it began. */
        Message take();
    }

    /** A message as it is on the wire, its body read as ISO 8859-1. */
    record Message(Map<String, String> attributes, String body) {}
}

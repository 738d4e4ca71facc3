package io.miniplane.server.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.miniplane.server.platform.events.QueueReadings.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventMetersTest {

    private static final QueueFigures FIGURES = new QueueFigures(3, List.of(new QueueFigures.Queue("paid", 7, 2.5, 1)));

    private Instant now = Instant.parse("2026-11-29T10:00:00Z");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EventMeters meters = new EventMeters(registry, List.of("paid", "placed"), clock());

    @Test
    void nothingIsKnownBeforeTheQueuesAreMeasured() {
        assertThat(meters.queues()).extracting(Reading::name).containsExactly("paid", "placed");
        assertThat(meters.queues()).allSatisfy(EventMetersTest::isUnknown);
        assertThat(meters.isBrokerThere()).isEmpty();
        assertThat(gauge("miniplane.queue.messages.ready", "paid")).isNaN();
    }

    @Test
    void aQueueThatWasNotFoundHoldsNothing() {
        meters.set(FIGURES, true);
        assertThat(meters.queues())
                .containsExactly(new Reading("paid", 7L, 2.5, null), new Reading("placed", 0L, 0.0, null));
        assertThat(meters.isBrokerThere()).contains(true);
        assertThat(gauge("miniplane.queue.messages.ready", "paid")).isEqualTo(7);
        assertThat(gauge("miniplane.queue.messages.ready", "placed")).isZero();
        assertThat(gauge("miniplane.dead.letters", "paid")).isEqualTo(1);
    }

    @Test
    void whileTheBrokerIsAwayNobodyKnowsHowManyEventsWaitThere() {
        meters.set(FIGURES, false);
        assertThat(meters.queues().getFirst()).isEqualTo(new Reading("paid", null, 2.5, "The broker does not answer"));
        assertThat(meters.isBrokerThere()).contains(false);
        assertThat(gauge("miniplane.queue.messages.ready", "paid")).isNaN();
    }

    @Test
    void oldFiguresAreNotTakenForTrue() {
        meters.set(FIGURES, true);
        now = now.plus(EventMeters.VALID);
        assertThat(meters.queues()).hasSize(2).allSatisfy(EventMetersTest::isUnknown);
        assertThat(meters.isBrokerThere()).isEmpty();
        assertThat(gauge("miniplane.queue.messages.ready", "paid")).isNaN();
        now = now.minus(Duration.ofSeconds(1));
        assertThat(meters.queues().getFirst().ready()).isEqualTo(7);
    }

    private static void isUnknown(Reading reading) {
        assertThat(reading.ready()).isNull();
        assertThat(reading.oldestAgeSeconds()).isNull();
        assertThat(reading.problem()).contains("could not be measured");
    }

    private double gauge(String name, String queue) {
        return registry.get(name).tag("queue", queue).gauge().value();
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }
}

package io.miniplane.operator.signals;

import static io.miniplane.operator.signals.Readings.pod;
import static io.miniplane.operator.signals.Readings.queue;
import static io.miniplane.operator.signals.Readings.silent;
import static io.miniplane.operator.signals.Readings.terminating;
import static io.miniplane.operator.signals.Readings.withDatabase;
import static io.miniplane.operator.signals.Readings.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.signals.PodSignals.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendSignalsTest {

    private static final String MANIFEST = """
            apiVersion: miniplane.io/v1alpha1
            kind: MiniProgramBackend
            metadata: {name: shop, namespace: shop}
            spec:
              paused: false
              api:
                tiers:
                  - {upToQps: 100, minReplicas: 2, cpuUtilization: 60, sustainedFor: 1m}
                  - {minReplicas: 4, cpuUtilization: 70, sustainedFor: 1m}
            """;

    private final BackendSignals signals = new BackendSignals(Duration.ofSeconds(45));
    private MiniProgramBackend backend = Serialization.unmarshal(MANIFEST, MiniProgramBackend.class);
    private Instant now = Instant.parse("2026-11-29T10:00:00Z");
    private long total;

    @Test
    void steadyTrafficChangesNothingThatMatters() {
        assertThat(round(pod("a", 0), worker("w", queue("paid", 3)))).isTrue();
        assertThat(round(pod("a", 600), worker("w", queue("paid", 3))))
                .as("first figure")
                .isTrue();
        assertThat(round(pod("a", 1210), worker("w", queue("paid", 3)))).isFalse();
        assertThat(round(pod("a", 1790), worker("w", queue("paid", 3)))).isFalse();
        assertThat(assessment()).isEqualTo(new Assessment(1, 40L, 3L, DatabaseHealth.UP));
    }

    @Test
    void aTierGoesOnFromTheReportedOneAndNotWhilePaused() {
        busyFor(5);
        assertThat(assessment().tier()).isEqualTo(2);
        busyFor(1);
        assertThat(assessment().tier()).as("as long as nobody has reported it").isEqualTo(2);
        backend = Serialization.unmarshal(MANIFEST.replace("paused: false", "paused: true"), MiniProgramBackend.class);
        busyFor(1);
        assertThat(assessment().tier()).as("while paused").isEqualTo(1);
    }

    @Test
    void whatIsReportedHoldsAfterARestartUntilTrafficIsKnown() {
        report(
                "{api: {replicas: 2, readyReplicas: 2, tier: 2, qps: 500}, worker: {replicas: 1, readyReplicas: 1, queueLength: 12},"
                        + " conditions: [{type: DatabaseReady, status: 'True', reason: Answers, message: m}]}");
        assertThat(Assessment.reported(backend)).isEqualTo(new Assessment(2, 500L, 12L, DatabaseHealth.UP));
        assertThat(round(pod("a", 7), worker("w", queue("paid", 12))))
                .as("news")
                .isFalse();
        assertThat(assessment()).isEqualTo(new Assessment(2, 500L, 12L, DatabaseHealth.UP));
    }

    @Test
    void whatCannotBeReadIsKeptForAWhileAndThenUnknown() {
        round(pod("a", 0), worker("w", queue("paid", 250)));
        round(pod("a", 1500), worker("w", queue("paid", 250)));
        for (int silence = 0; silence < 3; silence++) {
            assertThat(round(silent("a"), silent("w"))).as("round " + silence).isFalse();
        }
        assertThat(signals.queueLength(now)).isEqualTo(new QueueLength.Known(250));
        assertThat(round(silent("a"), silent("w"))).isTrue();
        assertThat(assessment()).isEqualTo(new Assessment(1, null, null, DatabaseHealth.UNKNOWN));
        assertThat(signals.queueLength(now))
                .isEqualTo(new QueueLength.Unknown(
                        "No pod that handles events could be read;" + " of pod a is known: it takes no connection"));
    }

    @Test
    void withoutRoundsNothingIsKnownEither() {
        assertThat(signals.queueLength(now)).isEqualTo(new QueueLength.Unknown("No pod has been asked yet"));
        round(worker("w", queue("paid", 250)));
        assertThat(signals.queueLength(now.plusSeconds(46)))
                .isEqualTo(new QueueLength.Unknown("Its pods have not been asked for 45 s"));
    }

    @Test
    void theDatabaseIsAsGoodAsPodsTell() {
        round(withDatabase("a", State.UP), withDatabase("b", State.UNKNOWN));
        assertThat(assessment().database()).isEqualTo(DatabaseHealth.UP);
        round(withDatabase("a", State.UP), withDatabase("b", State.DOWN));
        assertThat(assessment().database()).isEqualTo(DatabaseHealth.PARTLY);
        round(withDatabase("a", State.DOWN), silent("b"));
        assertThat(assessment().database()).isEqualTo(DatabaseHealth.DOWN);
    }

    @Test
    void podsThatAreAboutToGoCountInNoFigureAndAreKnown() {
        round(pod("a", 0), worker("w", queue("paid", 3)), terminating(silent("old")));
        assertThat(round(pod("a", 600), worker("w", queue("paid", 3)), terminating(withDatabase("old", State.DOWN))))
                .isTrue();
        assertThat(assessment()).isEqualTo(new Assessment(1, 40L, 3L, DatabaseHealth.UP));
        assertThat(signals.readings()).extracting(PodReading::pod).containsExactly("a", "w", "old");
    }

    private void busyFor(int rounds) {
        for (int round = 0; round <= rounds; round++) {
            total += 3000;
            round(pod("a", total));
        }
    }

    private void report(String status) {
        backend = Serialization.unmarshal(MANIFEST + "status: " + status + "\n", MiniProgramBackend.class);
    }

    private boolean round(PodReading... readings) {
        now = now.plusSeconds(15);
        return signals.observe(backend, List.of(readings), now);
    }

    private Assessment assessment() {
        return signals.assessment().orElseThrow();
    }
}

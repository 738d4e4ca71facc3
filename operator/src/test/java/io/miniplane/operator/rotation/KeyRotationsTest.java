package io.miniplane.operator.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.KeysStatus.Phase;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import io.miniplane.operator.objects.KeyRotation;
import io.miniplane.operator.signals.PodReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole rotations in a small model of a cluster, in which the operator may end before or after each of its writes. */
class KeyRotationsTest {

    private static final Instant MADE = Instant.parse("2026-11-01T10:00:00Z");
    private static final Duration SETTLE = Duration.ofMinutes(6);

    private final Cluster cluster = new Cluster();

    private Instant now = MADE.plus(Duration.ofDays(10));

    @BeforeEach
    void start() {
        cluster.pods("a", "w");
    }

    @Test
    void youngKeysThatNobodyAskedToReplaceStay() {
        assertThat(step()).isEqualTo(KeyProgress.NONE);
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void keysAreReplacedWhenTheyAreOldEnough() {
        Instant due = MADE.plus(Duration.ofDays(90));
        now = due.minusSeconds(16);
        step();
        assertThat(cluster.writes).isEmpty();
        run();
        assertThat(cluster.writes).containsExactly("introduce", "advance", "advance", "advance");
        assertThat(cluster.rotation.primaryMadeAt()).isEqualTo(due.plusSeconds(15));
    }

    @ParameterizedTest
    @CsvSource({
        "1,before",
        "1,after",
        "2,before",
        "2,after",
        "3,before",
        "3,after",
        "4,before",
        "4,after",
        "5,before",
        "5,after"
    })
    void aRequestIsFollowedOnceWhereverTheOperatorEnds(int write, String when) {
        cluster.request("now");
        cluster.endAt(write, when.equals("after"));
        run();
        assertThat(cluster.writes)
                .containsExactlyInAnyOrder("introduce", "forget", "advance", "advance", "advance")
                .startsWith("introduce", "forget");
        assertThat(cluster.rotation.isStable()).isTrue();
        assertThat(cluster.backend.getMetadata().getAnnotations()).isEmpty();
        assertThat(cluster.ends).isEqualTo(1);
        cluster.writes.clear();
        step();
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void aRequestBeforeNewKeysAreUsedIsAnsweredByThemAndALaterOneFollows() {
        cluster.request("now");
        step();
        cluster.request("now");
        stepUntilWritten();
        assertThat(cluster.writes).containsExactly("introduce", "forget", "forget");
        stepUntilWritten();
        cluster.request("now");
        run();
        assertThat(cluster.writes).containsExactly("introduce", "forget", "forget", "advance", "advance", "advance");
        run();
        assertThat(cluster.writes).hasSize(11).endsWith("introduce", "forget", "advance", "advance", "advance");
        assertThat(cluster.rotation.newest()).containsEntry("data", 3L);
    }

    @Test
    void anotherValueIsNoRequestAndIsToldOf() {
        cluster.request("tomorrow");
        assertThat(step().waitsFor()).contains("miniplane.io/rotate-keys is \"tomorrow\": set it to now");
        assertThat(cluster.writes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3"})
    void aPausedBackendStaysInItsPhaseAndGoesOnAfterwards(int steps) {
        cluster.request("now");
        for (int i = 0; i < steps; i++) {
            stepUntilWritten();
        }
        int before = cluster.writes.size();
        cluster.backend.setSpec(spec(true));
        for (int i = 0; i < 100; i++) {
            step();
        }
        assertThat(cluster.writes).hasSize(before);
        assertThat(step().waitsFor()).isEqualTo(steps == 0 ? Optional.empty() : Optional.of("spec.paused is true"));
        cluster.backend.setSpec(spec(false));
        run();
        assertThat(cluster.writes).containsExactly("introduce", "forget", "advance", "advance", "advance");
    }

    @Test
    void aPodThatOnlyTheApiServerKnowsOfHoldsItUp() {
        cluster.request("now");
        step();
        cluster.unseen = pod("new", "Running", true, null);
        for (int i = 0; i < 100; i++) {
            step();
        }
        assertThat(cluster.writes).containsExactly("introduce", "forget");
        assertThat(step().waitsFor().orElseThrow()).contains("pod new (it has not told which keys it has)");
        cluster.pods.put("new", cluster.unseen);
        cluster.unseen = null;
        run();
        assertThat(cluster.rotation.isStable()).isTrue();
    }

    @Test
    void podsWithoutKeysAreNotWaitedFor() {
        cluster.request("now");
        step();
        cluster.deaf.put("pending", pod("pending", "Pending", false, null));
        cluster.deaf.put("evicted", pod("evicted", "Failed", true, null));
        cluster.deaf.put("report", pod("report", "Succeeded", true, "shop-report-1"));
        run();
        assertThat(cluster.rotation.isStable()).isTrue();

        cluster.request("now");
        step();
        cluster.deaf.put("pending", pod("pending", "Pending", true, null));
        for (int i = 0; i < 100; i++) {
            step();
        }
        assertThat(cluster.rotation.phase()).isEqualTo(Phase.INTRODUCED);
    }

    private void run() {
        for (int i = 0; i < 10_000; i++) {
            int writes = cluster.writes.size();
            step();
            if (cluster.rotation.isStable() && i > 5 && writes > 0) {
                return;
            }
        }
        throw new AssertionError("It does not end: " + cluster.rotation + " " + step());
    }

    private void stepUntilWritten() {
        int writes = cluster.writes.size();
        while (cluster.writes.size() == writes) {
            step();
        }
    }

    /** One reconciliation of an operator that knows nothing of the one before. */
    private KeyProgress step() {
        now = now.plusSeconds(15);
        var rotations = new KeyRotations(SETTLE, Duration.ofSeconds(15), () -> now);
        try {
            return rotations.advance(cluster.backend, cluster, cluster.known(), cluster.readings(now));
        } catch (Ended again) {
            return KeyProgress.NONE;
        }
    }

    private static MiniProgramBackendSpec spec(boolean paused) {
        return Serialization.unmarshal(
                        "spec: {paused: %s, keys: {rotateEvery: 2160h}}".formatted(paused), MiniProgramBackend.class)
                .getSpec();
    }

    private static Pod pod(String name, String phase, boolean scheduled, @Nullable String job) {
        var labels = new HashMap<String, String>();
        if (job != null) {
            labels.put("batch.kubernetes.io/job-name", job);
        }
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .withCreationTimestamp(MADE.toString())
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus(scheduled ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }

    /** The operator ends here. */
    private static final class Ended extends RuntimeException {}

    /** One backend whose pods follow at once. */
    private static final class Cluster implements RotatedKeys {

        private final MiniProgramBackend backend = new MiniProgramBackend();
        private final List<String> writes = new ArrayList<>();
        private final Map<String, Pod> pods = new HashMap<>();
        private final Map<String, Pod> deaf = new HashMap<>();
        private @Nullable Pod unseen;
        private KeyRotation rotation = new KeyRotation(Phase.STABLE, MADE, MADE, Map.of());
        private long primary = 1;
        private List<Long> keys = List.of(1L);
        private int endAt = -1;
        private boolean afterwards;
        private int ends;

        Cluster() {
            backend.getMetadata().setAnnotations(new HashMap<>());
            backend.setSpec(spec(false));
        }

        void pods(String... names) {
            for (String name : names) {
                pods.put(name, pod(name, "Running", true, null));
            }
        }

        void request(String value) {
            backend.getMetadata().setAnnotations(new HashMap<>(Map.of(KeyRotations.ANNOTATION, value)));
        }

        void endAt(int write, boolean after) {
            endAt = write;
            afterwards = after;
        }

        List<Pod> known() {
            var all = new ArrayList<>(pods.values());
            all.addAll(deaf.values());
            return all;
        }

        List<PodReading> readings(Instant now) {
            return pods.keySet().stream()
                    .map(name ->
                            Telling.uses(primary, keys.toArray(Long[]::new)).by(name, now))
                    .toList();
        }

        @Override
        public KeyRotation rotation() {
            return rotation;
        }

        @Override
        public void introduce(KeyRotation known, Instant now) {
            write("introduce", () -> {
                assertThat(known).isEqualTo(rotation);
                long next = primary + 1;
                keys = List.of(primary, next);
                rotation = new KeyRotation(
                        Phase.INTRODUCED,
                        now,
                        rotation.primaryMadeAt(),
                        Map.of("data", next, "index", next, "jwt", next));
            });
        }

        @Override
        public void advance(KeyRotation known, Instant now) {
            write("advance", () -> {
                assertThat(known).isEqualTo(rotation);
                Phase next =
                        switch (rotation.phase()) {
                            case STABLE -> throw new IllegalStateException("Nothing is under way");
                            case INTRODUCED -> Phase.PRIMARY;
                            case PRIMARY -> Phase.RETIRED;
                            case RETIRED -> Phase.STABLE;
                        };
                Instant made = next == Phase.PRIMARY ? rotation.since() : rotation.primaryMadeAt();
                if (next == Phase.PRIMARY) {
                    primary = rotation.newest().get("data");
                }
                if (next == Phase.STABLE) {
                    keys = List.of(primary);
                }
                rotation = new KeyRotation(next, now, made, rotation.newest());
            });
        }

        @Override
        public Collection<Pod> podsNow() {
            var all = known();
            if (unseen != null) {
                all.add(unseen);
            }
            return all;
        }

        @Override
        public void forgetRequest() {
            write("forget", () -> backend.getMetadata().getAnnotations().clear());
        }

        private void write(String what, Runnable act) {
            boolean ends = writes.size() + 1 == endAt;
            if (ends && !afterwards) {
                endAt = -1;
                this.ends++;
                throw new Ended();
            }
            act.run();
            writes.add(what);
            if (ends) {
                endAt = -1;
                this.ends++;
                throw new Ended();
            }
        }
    }
}

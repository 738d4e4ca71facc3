package io.miniplane.operator.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.crd.v1alpha1.KeysStatus.Phase;
import io.miniplane.operator.objects.KeyRotation;
import io.miniplane.operator.rotation.Judgement.Done;
import io.miniplane.operator.rotation.Judgement.Wait;
import io.miniplane.operator.signals.PodReading;
import io.miniplane.operator.signals.PodSignals.Queue;
import io.miniplane.operator.signals.PodSignals.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class PhaseRulesTest {

    private static final Instant SINCE = Instant.parse("2026-11-29T10:00:00Z");
    private static final Duration SETTLE = Duration.ofMinutes(6);
    private static final Duration ROUND = Duration.ofSeconds(15);
    private static final Instant SETTLED = SINCE.plus(SETTLE);
    private static final Instant EXPIRED = SETTLED.plus(Duration.ofHours(2));
    private static final Map<String, Long> NEWEST = Map.of("data", 2L, "index", 2L, "jwt", 2L);
    private static final PhaseRules RULES = new PhaseRules(SETTLE, ROUND);

    private static final Telling OLD = Telling.uses(1, 1L);
    private static final Telling KNOWS = Telling.uses(1, 1L, 2L);
    private static final Telling USES = Telling.uses(2, 1L, 2L);

    @Test
    void whatHasNotSettledWaitsAsLongAsItTakesEvenWithoutPods() {
        assertThat(judge(Phase.INTRODUCED, SINCE.plusSeconds(300)))
                .isEqualTo(new Wait(
                        "new keys get time until 2026-11-29T10:06:00Z to reach every node", Duration.ofMinutes(1)));
        assertThat(judge(Phase.PRIMARY, SETTLED.minusMillis(1), told("a", USES)))
                .isInstanceOf(Wait.class);
        assertThat(judge(Phase.INTRODUCED, SETTLED)).isEqualTo(new Done());
        assertThat(judge(Phase.PRIMARY, SETTLED)).isEqualTo(new Done());
    }

    static Stream<Arguments> pods() {
        Instant before = SINCE.minusSeconds(1);
        var silent = new PodReading("b", false, SETTLED, null, "it takes no connection");
        return Stream.of(
                Arguments.of(Phase.INTRODUCED, told("b", KNOWS), null),
                Arguments.of(Phase.INTRODUCED, told("b", OLD), "it does not load them yet"),
                Arguments.of(Phase.INTRODUCED, witness("b", silent), "it takes no connection"),
                Arguments.of(Phase.INTRODUCED, witness("b", null), "it has not told which keys it has"),
                Arguments.of(
                        Phase.INTRODUCED, witness("b", KNOWS.by("b", before)), "it has not told which keys it has"),
                Arguments.of(Phase.INTRODUCED, task(SETTLED.minusSeconds(1)), "its task has to end first"),
                Arguments.of(Phase.INTRODUCED, task(SETTLED), null),
                Arguments.of(Phase.PRIMARY, told("b", USES), null),
                Arguments.of(Phase.PRIMARY, told("b", KNOWS), "it does not use them yet"),
                Arguments.of(Phase.PRIMARY, witness("b", silent), "it takes no connection"),
                Arguments.of(Phase.RETIRED, told("b", USES), null),
                Arguments.of(Phase.RETIRED, told("b", KNOWS), "it does not use them yet"),
                Arguments.of(Phase.RETIRED, witness("b", null), "it has not told which keys it has"));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void onePodThatDoesNotFollowHoldsUpThePhaseAndIsNamed(Phase phase, Witness pod, @Nullable String objection) {
        Telling others = phase == Phase.INTRODUCED ? KNOWS : USES;
        Judgement judgement = judge(phase, EXPIRED, told("a", others), pod);
        if (objection == null) {
            assertThat(judgement).isEqualTo(new Done());
        } else {
            assertThat(judgement).isInstanceOfSatisfying(Wait.class, wait -> {
                assertThat(wait.why()).contains("pod b (%s)".formatted(objection));
                assertThat(wait.lookAgain()).isEqualTo(ROUND);
            });
        }
    }

    @Test
    void aKeysetThatAPodDoesNotTellOfHoldsItUpToo() {
        var rotation = new KeyRotation(Phase.INTRODUCED, SINCE, SINCE, Map.of("other", 2L));
        assertThat(RULES.judge(rotation, List.of(told("a", KNOWS)), SETTLED)).isInstanceOf(Wait.class);
    }

    @Test
    void manyPodsAreCountedAndOneIsNamed() {
        assertThat(judge(Phase.PRIMARY, SETTLED, told("a", KNOWS), told("b", KNOWS), told("c", USES)))
                .isEqualTo(new Wait(
                        "to use the new keys, pod a (it does not use them yet) and 1 more are waited for", ROUND));
    }

    static final List<Arguments> OLD_DATA = List.of(
            Arguments.of(USES, null),
            Arguments.of(USES.withLifetime(null), "no pod tells how long tokens are good for"),
            Arguments.of(USES.withLifetime(7201L), "tokens signed by the old key are good until 2026-11-29T12:06:01Z"),
            Arguments.of(USES.withTables(), "no worker tells that rows are brought under the new keys"),
            Arguments.of(
                    USES.withTables(new Table("users", 12, 1, 1, 1.0)),
                    "rows of users are being brought under the new keys, 12 are left"),
            Arguments.of(
                    USES.withTables(new Table("users", 0, 2, 1, 1.0)),
                    "rows of users are being brought under the new keys"),
            Arguments.of(
                    USES.withTables(new Table("users", 0, 2, 2, null)),
                    "rows of users are being brought under the new keys"),
            Arguments.of(
                    USES.withTables(new Table("users", 0, 2, 2, 2 * 3600.0)),
                    "rows of users are being brought under the new keys"),
            Arguments.of(USES.withTables(new Table("users", 0, 2, 2, 2 * 3600.0 - 1)), null),
            Arguments.of(USES.withQueues(), "no worker tells how old the events are that wait"),
            Arguments.of(USES.withQueues(new Queue("paid", 1L, 7201.0, null)), "events in queue paid are from before"),
            Arguments.of(USES.withQueues(new Queue("paid", 1L, 7200.0, null)), null),
            Arguments.of(
                    USES.withQueues(new Queue("paid", null, null, "The broker does not answer")),
                    "events in queue paid are from before: The broker does not answer"));

    @ParameterizedTest
    @FieldSource("OLD_DATA")
    void oldKeysStayUntilNothingNeedsThem(Telling telling, @Nullable String waitsFor) {
        Judgement judgement = judge(Phase.RETIRED, EXPIRED, told("a", telling));
        if (waitsFor == null) {
            assertThat(judgement).isEqualTo(new Done());
        } else {
            assertThat(judgement)
                    .isInstanceOfSatisfying(
                            Wait.class, wait -> assertThat(wait.why()).isEqualTo(waitsFor));
        }
    }

    @Test
    void aTableIsDoneWhenOneWorkerKnowsItAndTheLongestTokensCount() {
        var behind = told("a", USES.withTables(new Table("users", 3, 1, 1, 1.0)));
        assertThat(judge(Phase.RETIRED, EXPIRED, behind, told("b", USES))).isEqualTo(new Done());
        assertThat(judge(Phase.RETIRED, EXPIRED, told("b", USES), told("c", USES.withLifetime(9000L))))
                .isInstanceOf(Wait.class);
    }

    private static Judgement judge(Phase phase, Instant now, Witness... pods) {
        return RULES.judge(new KeyRotation(phase, SINCE, SINCE, NEWEST), List.of(pods), now);
    }

    private static Witness told(String pod, Telling telling) {
        return witness(pod, telling.by(pod, EXPIRED));
    }

    private static Witness witness(String pod, @Nullable PodReading reading) {
        return new Witness(pod, false, SINCE, reading);
    }

    private static Witness task(Instant createdAt) {
        return new Witness("b", true, createdAt, null);
    }
}

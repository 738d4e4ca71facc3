package io.miniplane.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Deployment HALF = versioned(RolloutTest.deployment(2, 3, 1, 2));

    @Test
    void allPodsReadyAndNoneLeftOfAnotherVersionIsServing() {
        assertThat(outcome(versioned(RolloutTest.deployment(2, 2, 2, 2)))).isEqualTo(new Outcome.Serving());
        assertThat(outcome(versioned(RolloutTest.deployment(2, 3, 2, 3)))).isInstanceOf(Outcome.UnderWay.class);
        assertThat(outcome(versioned(RolloutTest.deployment(0, 0, 0, 0)))).isInstanceOf(Outcome.UnderWay.class);
        assertThat(Outcome.of(List.of(), List.of(), DEADLINE, NOW)).isInstanceOf(Outcome.UnderWay.class);
    }

    @Test
    void everyDeploymentHasToServeButOneMayHaveNoPods() {
        Deployment api = versioned(RolloutTest.deployment(2, 2, 2, 2));
        Deployment idle = versioned(RolloutTest.deployment(0, 0, 0, 0));

        assertThat(Outcome.of(List.of(api, idle), List.of(), DEADLINE, NOW)).isEqualTo(new Outcome.Serving());
        assertThat(Outcome.of(List.of(api, HALF), List.of(), DEADLINE, NOW)).isInstanceOf(Outcome.UnderWay.class);
    }

    @Test
    void anImageThatCanNotBePulledIsGivenAFifthOfTheDeadline() {
        var young = waiting("ImagePullBackOff", "Back-off pulling image \"x\"", Duration.ofSeconds(20));
        var old = waiting("ImagePullBackOff", "Back-off pulling image \"x\"", Duration.ofSeconds(60));

        assertThat(outcome(HALF, young)).isEqualTo(new Outcome.UnderWay(Optional.of(Duration.ofSeconds(40))));
        assertThat(reason(outcome(HALF, old))).isEqualTo("ImagePullBackOff: Back-off pulling image \"x\"");
    }

    @Test
    void aNameThatIsNoImageIsGivenNoTime() {
        assertThat(reason(outcome(HALF, waiting("InvalidImageName", "couldn't parse", Duration.ZERO))))
                .isEqualTo("InvalidImageName: couldn't parse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ContainerCreating", "PodInitializing"})
    void aPodThatStartsHasNoProblem(String reason) {
        assertThat(outcome(HALF, waiting(reason, "", Duration.ofMinutes(4))))
                .isEqualTo(new Outcome.UnderWay(Optional.empty()));
    }

    @Test
    void theThirdCrashIsAFailureInTheWordsOfTheProgram() {
        assertThat(outcome(HALF, crashed(2, "Error", 1, "no database"))).isInstanceOf(Outcome.UnderWay.class);
        assertThat(reason(outcome(HALF, crashed(3, "Error", 1, "MINIPLANE_X is wrong"))))
                .isEqualTo("CrashLoopBackOff: exit code 1, MINIPLANE_X is wrong");
        assertThat(reason(outcome(HALF, crashed(3, "OOMKilled", 137, ""))))
                .isEqualTo("CrashLoopBackOff: OOMKilled, exit code 137");
    }

    @Test
    void podsOfTheVersionBeforeAndPodsThatGoDoNotCount() {
        Pod crashed = crashed(9, "Error", 1, "");
        Pod before = new PodBuilder(crashed)
                .editMetadata()
                .addToLabels("miniplane.io/version", "before")
                .endMetadata()
                .build();
        Pod going = new PodBuilder(crashed)
                .editMetadata()
                .withDeletionTimestamp(NOW.toString())
                .endMetadata()
                .build();

        assertThat(outcome(HALF, before, going)).isInstanceOf(Outcome.UnderWay.class);
    }

    @Test
    void whenTheDeadlineHasPassedAnyReasonWillDo() {
        Deployment late = versioned(
                RolloutTest.with(RolloutTest.deployment(2, 3, 1, 2), "Progressing", "False", "has timed out"));
        Pod silent = pod(
                Duration.ofMinutes(5),
                container -> container
                        .withReady(false)
                        .withNewState()
                        .withNewRunning("2026-11-29T09:55:00Z")
                        .endState());
        Pod unscheduled = new PodBuilder(pod(Duration.ZERO, container -> container))
                .withNewStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/3 nodes are available")
                .endCondition()
                .endStatus()
                .build();

        assertThat(outcome(HALF, silent)).isInstanceOf(Outcome.UnderWay.class);
        assertThat(reason(outcome(late, silent))).isEqualTo("NotReady: container server runs but isn't ready");
        assertThat(reason(outcome(late, unscheduled))).isEqualTo("Unschedulable: 0/3 nodes are available");
        assertThat(reason(outcome(late))).isEqualTo("RolloutFailed: has timed out");
    }

    @Test
    void whatTheControllerHasNotSeenYetIsNotJudged() {
        Deployment unseen = new DeploymentBuilder(HALF)
                .editMetadata()
                .withGeneration(2L)
                .endMetadata()
                .build();

        assertThat(outcome(unseen, crashed(9, "Error", 1, ""))).isInstanceOf(Outcome.UnderWay.class);
    }

    private static Outcome outcome(Deployment deployment, Pod... pods) {
        return Outcome.of(List.of(deployment), List.of(pods), DEADLINE, NOW);
    }

    private static String reason(Outcome outcome) {
        return ((Outcome.Failed) outcome).failure().toString();
    }

    private static Deployment versioned(Deployment deployment) {
        return new DeploymentBuilder(deployment)
                .editSpec()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("miniplane.io/version", "now")
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static Pod waiting(String reason, String message, Duration age) {
        return pod(
                age,
                container ->
                        container.withNewState().withNewWaiting(message, reason).endState());
    }

    private static Pod crashed(int times, String reason, int code, String message) {
        return pod(
                Duration.ofSeconds(90),
                container -> container
                        .withRestartCount(times)
                        .withNewState()
                        .withNewWaiting("back-off 40s restarting failed container", "CrashLoopBackOff")
                        .endState()
                        .withNewLastState()
                        .withNewTerminated()
                        .withReason(reason)
                        .withExitCode(code)
                        .withMessage(message)
                        .endTerminated()
                        .endLastState());
    }

    private static Pod pod(Duration age, UnaryOperator<ContainerStatusBuilder> state) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("shop-api-1")
                .withCreationTimestamp(NOW.minus(age).toString())
                .addToLabels("miniplane.io/version", "now")
                .endMetadata()
                .withNewStatus()
                .withContainerStatuses(state.apply(new ContainerStatusBuilder().withName("server"))
                        .build())
                .endStatus()
                .build();
    }
}

package io.miniplane.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

class RolloutTest {

    @Test
    void aDeploymentThatNobodyLookedAtYetIsUnderWay() {
        var rollout = Rollout.of(new DeploymentBuilder()
                .withNewMetadata()
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .endSpec()
                .build());

        assertThat(rollout.isUnderWay()).isTrue();
        assertThat(rollout.isAvailable()).isFalse();
        assertThat(rollout.problem()).isEmpty();
    }

    @Test
    void allPodsNewAndReadyIsSettled() {
        var rollout = Rollout.of(deployment(2, 2, 2, 2));

        assertThat(rollout.isUnderWay()).isFalse();
        assertThat(rollout.isAvailable()).isTrue();
    }

    @Test
    void anOldPodAMissingPodOrAnUnreadyPodIsUnderWay() {
        assertThat(Rollout.of(deployment(2, 3, 2, 2)).isUnderWay())
                .as("old pod")
                .isTrue();
        assertThat(Rollout.of(deployment(2, 1, 1, 1)).isUnderWay())
                .as("missing pod")
                .isTrue();
        assertThat(Rollout.of(deployment(2, 2, 2, 1)).isUnderWay())
                .as("unready pod")
                .isTrue();
    }

    @Test
    void aStatusOfAnOlderGenerationIsUnderWay() {
        var deployment = deployment(2, 2, 2, 2);
        deployment.getMetadata().setGeneration(2L);

        assertThat(Rollout.of(deployment).isUnderWay()).isTrue();
    }

    @Test
    void noPodsAreNotAvailableWhateverKubernetesCallsIt() {
        assertThat(Rollout.of(deployment(0, 0, 0, 0)).isAvailable()).isFalse();
    }

    @Test
    void refusedPodsAndLatePodsAreProblemsInTheWordsOfKubernetes() {
        assertThat(Rollout.of(with(deployment(2, 0, 0, 0), "ReplicaFailure", "True", "exceeded quota"))
                        .problem())
                .contains("exceeded quota");
        assertThat(Rollout.of(with(deployment(2, 2, 2, 1), "Progressing", "False", "has timed out progressing"))
                        .problem())
                .contains("has timed out progressing");
        assertThat(Rollout.of(with(deployment(2, 2, 2, 1), "Progressing", "True", "progressing"))
                        .problem())
                .isEmpty();
    }

    static Deployment deployment(int wanted, int replicas, int updated, int ready) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("shop-api")
                .withNamespace("web")
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(wanted)
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(1L)
                .withReplicas(replicas)
                .withUpdatedReplicas(updated)
                .withReadyReplicas(ready)
                .addNewCondition()
                .withType("Available")
                .withStatus(ready >= wanted ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }

    static Deployment with(Deployment deployment, String type, String status, String message) {
        return new DeploymentBuilder(deployment)
                .editStatus()
                .addNewCondition()
                .withType(type)
                .withStatus(status)
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build();
    }
}

package io.miniplane.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingPolicy;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import org.junit.jupiter.api.Test;

class RenderedWorkersTest {

    private final Backend shop = Manifests.backend();

    @Test
    void workersAreTheSamePodsInAnotherRoleWithoutAPublicPort() {
        PodSpec pod = ServerPod.render(Component.WORKER, shop);
        Container server = pod.getContainers().getFirst();

        assertThat(server.getArgs()).containsExactly("--miniplane.role=worker");
        assertThat(server.getPorts()).extracting(ContainerPort::getName).containsExactly("management");
        assertThat(server.getResources().getRequests()).containsEntry("cpu", new Quantity("2"));
        assertThat(server.getVolumeMounts())
                .isEqualTo(ServerPod.render(Component.API, shop)
                        .getContainers()
                        .getFirst()
                        .getVolumeMounts());
        assertThat(pod.getServiceAccountName()).isEqualTo("shop");
        assertThat(new ServerDeployment(Component.WORKER, backend -> 1)
                        .render(shop)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels())
                .containsEntry("app.kubernetes.io/component", "worker");
    }

    @Test
    void workersFollowTheirCpuAndAMetricOfTheTeamsOwn() {
        var workers = new WorkerAutoscaler().render(shop).getSpec();
        assertThat(workers.getScaleTargetRef().getName()).isEqualTo("shop-worker");
        assertThat(workers.getMinReplicas()).isEqualTo(1);
        assertThat(workers.getMaxReplicas()).isEqualTo(10);
        assertThat(workers.getMetrics()).extracting(MetricSpec::getType).containsExactly("Resource");
        assertThat(workers.getBehavior().getScaleUp().getStabilizationWindowSeconds())
                .isZero();
        assertThat(workers.getBehavior().getScaleDown().getStabilizationWindowSeconds())
                .isEqualTo(300);
        assertThat(workers.getBehavior().getScaleDown().getPolicies())
                .containsExactly(new HPAScalingPolicy(60, "Percent", 25), new HPAScalingPolicy(60, "Pods", 1));

        var external = new WorkerAutoscaler()
                .render(Manifests.backend(Manifests.shopWith("source: Auto", "source: External")))
                .getSpec()
                .getMetrics();
        assertThat(external).extracting(MetricSpec::getType).containsExactly("External", "Resource");
        var messages = external.getFirst().getExternal();
        assertThat(messages.getMetric().getName()).isEqualTo("miniplane_queue_messages_ready");
        assertThat(messages.getMetric().getSelector().getMatchLabels())
                .containsOnly(entry("namespace", "web"), entry("backend", "shop"));
        assertThat(messages.getTarget().getAverageValue()).isEqualTo(new Quantity("1", "k"));
    }
}

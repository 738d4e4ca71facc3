package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A canary that is not well gives its traffic back by itself, and the old version has never stopped serving. */
class CanaryReturnsIT {

    private static final String NEXT = "registry.example/server:next";
    private static final String MISSING = "registry.example/server:missing";
    private static final String STEPS = "[{weight: 25, pause: 1h}, {weight: 50}]";
    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: canaries.test}
            spec:
              matchConstraints:
                resourceRules:
                  - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
              validations:
                - expression: "!object.spec.template.spec.containers.exists(it, it.image.endsWith(':forbidden-canary'))"
                  message: this image is not allowed
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: canaries.test}
            spec:
              policyName: canaries.test
              validationActions: [Deny]
            """;

    private static ControlPlane plane;
    private static RunningOperator operator;
    private static FakeNode node;

    @BeforeAll
    static void start() {
        plane = ControlPlane.shared();
        node = new FakeNode(plane.admin(), CanaryReturnsIT::trouble);
        operator = startOperator();
    }

    @AfterAll
    static void stop() {
        if (operator != null) {
            operator.close();
            node.close();
        }
    }

    private static RunningOperator startOperator() {
        return RunningOperator.on(
                plane, Map.of("MINIPLANE_LEADER_ELECTION", "false", "MINIPLANE_SIGNALS_INTERVAL", "1"));
    }

    @Test
    void tooManyErrorsSendItBackWithFiguresAndItIsNotTriedAgain() throws InterruptedException {
        try (var shop = serving("canary-errors", pod -> pod.traffic(40).failing(0.1))) {
            shop.image(NEXT);

            shop.rolledBack("TooManyErrors: ");
            assertThat(shop.message("Degraded"))
                    .containsPattern(
                            "TooManyErrors: [0-9.]+ % of [0-9]+ requests failed in 60 s; at most 2 %; rolled back");
            shop.settledOn(CanaryShop.GOOD);
            assertThat(shop.shop().hasCondition("Ready", io.miniplane.crd.v1alpha1.Condition.Status.TRUE))
                    .isTrue();
            Shop.soon(
                    "event",
                    () -> shop.events().stream().anyMatch(event -> event.startsWith("RolledBack: TooManyErrors: ")));

            operator.close();
            operator = startOperator();
            Thread.sleep(4000);
            assertThat(shop.canary().get()).isNull();
            shop.image("registry.example/server:fixed");
            Shop.until("tried", () -> shop.canary().get() != null, CanaryShop.LIMIT);
        }
    }

    @Test
    void slowAnswersSendItBack() {
        try (var shop = serving("canary-slow", pod -> pod.traffic(40).slow(0.1))) {
            shop.image(NEXT);

            shop.rolledBack("TooSlow: ");
            assertThat(shop.message("Degraded"))
                    .containsPattern(
                            "[0-9.]+ % of [0-9]+ requests took longer than 0.5 s in 60 s; 99 % must take at most 500ms");
            shop.settledOn(CanaryShop.GOOD);
        }
    }

    @Test
    void podsThatDoNotComeUpSendItBack() {
        try (var shop = serving("canary-missing", pod -> pod.traffic(20))) {
            shop.image(MISSING);

            shop.rolledBack("ImagePullBackOff: Back-off pulling image");
            shop.settledOn(CanaryShop.GOOD);
        }
    }

    @Test
    void whatThePoliciesOfTheClusterRefuseSendsItBackAndTheOthersAreUntouched() {
        var policy = plane.admin()
                .load(new ByteArrayInputStream(POLICY.getBytes(StandardCharsets.UTF_8)))
                .create();
        try (var shop = serving("canary-refused", pod -> pod.traffic(20))) {
            long generation = shop.shop().deployment().get().getMetadata().getGeneration();
            shop.image("registry.example/server:forbidden-canary");

            shop.rolledBack("Refused: The API server refused: ");
            assertThat(shop.message("Degraded")).contains("this image is not allowed");
            shop.settledOn(CanaryShop.GOOD);
            assertThat(shop.shop().deployment().get().getMetadata().getGeneration())
                    .isEqualTo(generation);
        } finally {
            List.<HasMetadata>copyOf(policy)
                    .forEach(it -> plane.admin().resource(it).delete());
        }
    }

    @Test
    void aPromotedVersionWhoseWorkersFailGoesBackAsAWhole() {
        try (var shop =
                CanaryShop.serving(plane, "canary-workers", "[{weight: 50, pause: 1s}]", pod -> pod.traffic(20))) {
            shop.image("registry.example/server:bad-worker");

            shop.rolledBack("NotReady: container server runs but isn't ready");
            shop.settledOn(CanaryShop.GOOD);
        }
    }

    private static CanaryShop serving(String namespace, Consumer<TellingPod> behaviour) {
        return CanaryShop.serving(plane, namespace, STEPS, behaviour);
    }

    private static Optional<ContainerStatus> trouble(Pod pod) {
        String image = pod.getSpec().getContainers().getFirst().getImage();
        boolean isWorker = "worker".equals(pod.getMetadata().getLabels().get("app.kubernetes.io/component"));
        var status = new ContainerStatusBuilder()
                .withName("server")
                .withImage(image)
                .withImageID("")
                .withReady(false)
                .withRestartCount(0);
        if (image.equals(MISSING)) {
            return Optional.of(status.withNewState()
                    .withNewWaiting("Back-off pulling image \"%s\"".formatted(image), "ImagePullBackOff")
                    .endState()
                    .build());
        }
        return image.endsWith(":bad-worker") && isWorker
                ? Optional.of(status.withNewState()
                        .withNewRunning("2026-11-29T10:00:00Z")
                        .endState()
                        .build())
                : Optional.empty();
    }
}

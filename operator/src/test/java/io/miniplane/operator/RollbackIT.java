package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.Condition.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A version that does not come up is taken back, and the one before serves all the time. */
class RollbackIT {

    private static final String GOOD = "miniplane/api-server:test";
    private static final String PASSWORD = "miniplane.database.password";
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static final String NONE_GOOD = "no version of this backend has ever been ready";
    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: images.rollback.test}
            spec:
              matchConstraints:
                resourceRules:
                  - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
              validations:
                - expression: "!object.spec.template.spec.containers.exists(it, it.image.endsWith(':forbidden'))"
                  message: this image is not allowed
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: images.rollback.test}
            spec:
              policyName: images.rollback.test
              validationActions: [Deny]
            """;

    private static ControlPlane plane;
    private static RunningOperator operator;
    private static FakeNode node;

    @BeforeAll
    static void start() {
        plane = ControlPlane.shared();
        node = new FakeNode(plane.admin(), RollbackIT::trouble);
        operator = RunningOperator.on(plane);
    }

    @AfterAll
    static void stop() {
        if (operator != null) {
            operator.close();
            node.close();
        }
    }

    @Test
    void anImageThatCanNotBePulledIsRolledBackAndAFixRollsForward() throws InterruptedException {
        Shop shop = serving("missing-image");
        Set<String> before = uidsOfPods(shop);

        image(shop, "registry.example/server:missing");
        rolledBack(shop, "ImagePullBackOff: Back-off pulling image \"registry.example/server:missing\"; rolled back");
        Shop.until("old pods only", () -> uidsOfPods(shop).equals(before), LIMIT);
        assertThat(shop.condition("Progressing").orElseThrow().reason()).isEqualTo("RolledBack");
        assertThat(shop.hasCondition("Ready", Status.TRUE)).isTrue();
        assertThat(shop.backend().get().getStatus().image()).isEqualTo(GOOD);
        Shop.soon("event", () -> hasEvent(shop, "RolledBack"));

        long tried = shop.deployment().get().getMetadata().getGeneration();
        String flags = settings(shop).get("flags.json");
        operator.close();
        operator = RunningOperator.on(plane);
        shop.change("\"percentage\":10", "\"percentage\":0");
        Shop.soon("flags", () -> !settings(shop).get("flags.json").equals(flags));
        Thread.sleep(3000);
        assertThat(shop.deployment().get().getMetadata().getGeneration())
                .as("neither a restart of the operator nor a flag tries the failed version again")
                .isEqualTo(tried);

        image(shop, "registry.example/server:fixed");
        Shop.until("fixed", () -> "registry.example/server:fixed".equals(imageOf(shop)), LIMIT);
        shop.ready();
        Shop.until("well", () -> shop.hasCondition("Degraded", Status.FALSE), LIMIT);
    }

    @Test
    void settingsThatServersCrashOnAreTakenBackWithThePods() {
        Shop shop = serving("crash");
        String settings = settings(shop).get("application.yaml");

        shop.change("https://api.weixin.qq.com", "https://crash.example");
        rolledBack(shop, "CrashLoopBackOff: exit code 1, miniplane.wechat.base-url is wrong; rolled back");

        assertThat(settings(shop).get("application.yaml")).isEqualTo(settings);
        assertThat(imageOf(shop)).isEqualTo(GOOD);
    }

    @Test
    void whatThePoliciesOfTheClusterRefuseIsTakenBackAtOnce() {
        Shop shop = serving("refused");
        var policy = plane.admin().load(stream(POLICY)).create();
        try {
            Shop.until("policy", () -> refuses(shop), LIMIT);

            image(shop, "registry.example/server:forbidden");
            rolledBack(shop, "Refused: The API server refused: ");

            assertThat(message(shop)).contains("this image is not allowed");
            assertThat(imageOf(shop)).isEqualTo(GOOD);
            assertThat(shop.hasCondition("Ready", Status.TRUE)).isTrue();
        } finally {
            policy.forEach(it -> plane.admin().resource(it).delete());
        }
    }

    /** A new policy needs a moment to be enforced. */
    private static boolean refuses(Shop shop) {
        try {
            plane.admin()
                    .resource(new DeploymentBuilder(shop.deployment().get())
                            .editMetadata()
                            .withName("probe")
                            .withResourceVersion(null)
                            .withLabels(Map.of())
                            .withOwnerReferences()
                            .endMetadata()
                            .editSpec()
                            .editTemplate()
                            .editSpec()
                            .editFirstContainer()
                            .withImage("probe:forbidden")
                            .endContainer()
                            .endSpec()
                            .endTemplate()
                            .endSpec()
                            .build())
                    .dryRun()
                    .create();
            return false;
        } catch (KubernetesClientException refused) {
            return refused.getCode() == 422;
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void podsThatNeverBecomeReadyAreTakenBackAfterTheDeadline() {
        Shop shop = serving("silent");

        image(shop, "registry.example/server:silent");

        rolledBack(shop, "NotReady: container server runs but isn't ready; rolled back");
        Shop.until("good", () -> GOOD.equals(imageOf(shop)), LIMIT);
    }

    @Test
    void aPasswordThatDoesNotWorkIsTakenBackButOneThatWorksIsKept() {
        Shop shop = serving("password");

        password(shop, "wrong");
        rolledBack(shop, "CrashLoopBackOff: exit code 1, password authentication failed; rolled back");
        Shop.until("old password", () -> "trial-password".equals(passwordOf(shop)), LIMIT);

        password(shop, "right");
        image(shop, "registry.example/server:missing");
        rolledBack(shop, "ImagePullBackOff");
        Shop.until("good image", () -> GOOD.equals(imageOf(shop)), LIMIT);
        Shop.until("new password", () -> "right".equals(passwordOf(shop)), LIMIT);
    }

    @Test
    void aFirstVersionThatNeverWasReadyHasNothingToGoBackTo() {
        Shop shop = Shop.in(plane, "first").applied();
        shop.change("\"deadline\":\"5m\"", "\"deadline\":\"10s\"");
        image(shop, "registry.example/server:missing");
        shop.withSecrets();

        Shop.until("said", () -> message(shop).contains(NONE_GOOD), LIMIT);
        assertThat(shop.condition("Degraded").orElseThrow().reason()).isEqualTo("ImagePullBackOff");
        assertThat(shop.hasCondition("Ready", Status.FALSE)).isTrue();

        image(shop, GOOD);
        shop.ready();
    }

    @Test
    void aHandEditedReplicaSetIsNotWhatIsGoneBackTo() {
        Shop shop = serving("hand-edited");
        ReplicaSet set =
                plane.admin().resources(ReplicaSet.class).inNamespace(shop.namespace()).list().getItems().stream()
                        .filter(it -> it.getSpec().getReplicas() > 0)
                        .findFirst()
                        .orElseThrow();
        Shop.edit(
                plane.admin().resource(set),
                it -> it.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .setImage("by-hand"));

        image(shop, "registry.example/server:missing");
        rolledBack(shop, "ImagePullBackOff");

        Shop.until("good", () -> GOOD.equals(imageOf(shop)), LIMIT);
        Shop.until(
                "no pod of it",
                () -> pods(shop).stream()
                        .allMatch(pod -> GOOD.equals(
                                pod.getSpec().getContainers().getFirst().getImage())),
                LIMIT);
    }

    @Test
    void anotherValueOfTheRestartAnnotationTriesAgain() {
        Shop shop = serving("again");
        image(shop, "registry.example/server:missing");
        rolledBack(shop, "ImagePullBackOff");
        Shop.until("good", () -> GOOD.equals(imageOf(shop)), LIMIT);

        shop.annotate("miniplane.io/restart", "the registry is back");

        Shop.soon("tried again", () -> "registry.example/server:missing".equals(imageOf(shop)));
    }

    private static Shop serving(String namespace) {
        Shop shop = Shop.in(plane, namespace).withSecrets().applied();
        shop.change("\"deadline\":\"5m\"", "\"deadline\":\"10s\"");
        shop.ready();
        Shop.until("remembered", () -> shop.secret("shop-last-good").get() != null, LIMIT);
        return shop;
    }

    private static void rolledBack(Shop shop, String why) {
        Shop.until(
                "rolled back",
                () -> "RolledBack"
                                .equals(shop.condition("Degraded").orElseThrow().reason())
                        && message(shop).startsWith(why),
                LIMIT);
    }

    private static String message(Shop shop) {
        return shop.condition("Degraded").map(Condition::message).orElse("");
    }

    private static void image(Shop shop, String image) {
        String now = Optional.ofNullable(shop.backend().get().getSpec().image()).orElse("");
        if (now.isEmpty()) {
            shop.change("\"environment\":\"prod\"", "\"environment\":\"prod\",\"image\":\"%s\"".formatted(image));
        } else {
            shop.change("\"image\":\"%s\"".formatted(now), "\"image\":\"%s\"".formatted(image));
        }
    }

    private static void password(Shop shop, String password) {
        Shop.edit(shop.secret("shop-db"), it -> it.getData().put("password", base64(password)));
    }

    private static String passwordOf(Shop shop) {
        String value = shop.secret("shop-credentials").get().getData().get(PASSWORD);
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> settings(Shop shop) {
        return shop.object(ConfigMap.class, "shop-config").get().getData();
    }

    /** The image of api and worker, when it is the same. */
    private static String imageOf(Shop shop) {
        return Stream.of("shop-api", "shop-worker")
                .map(name -> shop.object(Deployment.class, name).get().getSpec())
                .map(spec ->
                        spec.getTemplate().getSpec().getContainers().getFirst().getImage())
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    private static List<Pod> pods(Shop shop) {
        return plane.admin().pods().inNamespace(shop.namespace()).list().getItems();
    }

    private static Set<String> uidsOfPods(Shop shop) {
        return pods(shop).stream()
                .map(HasMetadata::getMetadata)
                .map(metadata -> metadata.getUid())
                .collect(Collectors.toSet());
    }

    private static boolean hasEvent(Shop shop, String reason) {
        return plane.admin().resources(Event.class).inNamespace(shop.namespace()).list().getItems().stream()
                .anyMatch(event -> reason.equals(event.getReason()) && "Warning".equals(event.getType()));
    }

    /** What a kubelet would say of servers with these images, settings and passwords. */
    private static Optional<ContainerStatus> trouble(Pod pod) {
        String image = pod.getSpec().getContainers().getFirst().getImage();
        var status = new ContainerStatusBuilder()
                .withName("server")
                .withImage(image)
                .withImageID("")
                .withReady(false)
                .withRestartCount(0);
        if (image.endsWith(":missing")) {
            return Optional.of(status.withNewState()
                    .withNewWaiting("Back-off pulling image \"%s\"".formatted(image), "ImagePullBackOff")
                    .endState()
                    .build());
        }
        if (image.endsWith(":silent")) {
            return Optional.of(status.withNewState()
                    .withNewRunning("2026-11-29T10:00:00Z")
                    .endState()
                    .build());
        }
        return complaint(pod)
                .map(message -> status.withRestartCount(3)
                        .withNewState()
                        .withNewWaiting("back-off 40s restarting failed container", "CrashLoopBackOff")
                        .endState()
                        .withNewLastState()
                        .withNewTerminated()
                        .withReason("Error")
                        .withExitCode(1)
                        .withMessage(message)
                        .endTerminated()
                        .endLastState()
                        .build());
    }

    private static Optional<String> complaint(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        var settings = plane.admin()
                .configMaps()
                .inNamespace(namespace)
                .withName("shop-config")
                .get();
        var credentials = plane.admin()
                .secrets()
                .inNamespace(namespace)
                .withName("shop-credentials")
                .get();
        if (settings != null && settings.getData().get("application.yaml").contains("crash.example")) {
            return Optional.of("miniplane.wechat.base-url is wrong");
        }
        return credentials != null
                        && base64("wrong").equals(credentials.getData().get(PASSWORD))
                ? Optional.of("password authentication failed")
                : Optional.empty();
    }
}

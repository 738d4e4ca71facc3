package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ObjectsIT {

    private static final Map<Class<? extends HasMetadata>, List<String>> OBJECTS = Map.of(
            ServiceAccount.class, List.of("shop"),
            ConfigMap.class, List.of("shop-config"),
            Secret.class, List.of("shop-credentials", "shop-keys"),
            Deployment.class, List.of("shop-api", "shop-worker"),
            Service.class, List.of("shop", "shop-api", "shop-worker"),
            HorizontalPodAutoscaler.class, List.of("shop-api", "shop-worker"),
            PodDisruptionBudget.class, List.of("shop-api", "shop-worker"));

    private static ControlPlane plane;
    private static RunningOperator operator;
    private static FakeNode node;

    @BeforeAll
    static void start() {
        plane = ControlPlane.shared();
        node = new FakeNode(plane.admin());
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
    void allObjectsStandWithinFiveSecondsAndTheBackendBecomesReady() {
        Shop shop = Shop.in(plane, "objects").withSecrets().applied();
        OBJECTS.forEach((kind, names) -> names.forEach(name -> Shop.soon(
                kind.getSimpleName() + " " + name, () -> shop.object(kind, name).get() != null)));
        shop.ready();

        Shop.until(
                "both pods",
                () -> "2/2".equals(shop.backend().get().getStatus().api().ready()),
                Duration.ofSeconds(20));

        var status = shop.backend().get().getStatus();
        assertThat(status.api().tier()).isEqualTo(1);
        assertThat(status.worker().replicas()).isEqualTo(1);
        assertThat(status.worker().readyReplicas()).isEqualTo(1);
        assertThat(status.url()).isEqualTo("https://api.shop.example");
        assertThat(status.image()).isEqualTo("miniplane/api-server:test");
        assertThat(status.keys().primaryKeyId()).matches("[0-9]+");
        assertThat(status.conditions())
                .allSatisfy(
                        condition -> assertThat(condition.observedGeneration()).isEqualTo(1));
        Shop.until("autoscaling", () -> shop.condition("AutoscalingActive").isPresent(), Duration.ofSeconds(20));
    }

    @Test
    void aFreshBackendStartsWithItsFewestPodsAndLeavesTheirNumberToWhoeverDecides() {
        Shop shop = Shop.in(plane, "fresh").withSecrets().applied().ready();
        assertThat(shop.deployment().get().getSpec().getReplicas()).isEqualTo(2);
        assertThat(managersOfReplicas(shop)).containsExactly("miniplane");
        changeImage(shop, "miniplane/api-server:second");
        assertThat(shop.deployment().get().getSpec().getReplicas()).isEqualTo(2);

        shop.deployment().scale(3);
        assertThat(managersOfReplicas(shop)).doesNotContain("miniplane");
        changeImage(shop, "miniplane/api-server:third");
        assertThat(shop.deployment().get().getSpec().getReplicas()).isEqualTo(3);
        assertThat(managersOfReplicas(shop)).doesNotContain("miniplane");
    }

    private static void changeImage(Shop shop, String image) {
        shop.patch("{image: \"%s\"}".formatted(image));
        Shop.soon("image", () -> image.equals(container(shop.deployment().get()).getImage()));
    }

    @Test
    void workersAreMadeCorrectedAndFollowTheManifest() {
        Shop shop = Shop.in(plane, "workers").withSecrets().applied().ready();
        Resource<Deployment> workers = shop.object(Deployment.class, "shop-worker");
        Resource<PodDisruptionBudget> budget = shop.object(PodDisruptionBudget.class, "shop-worker");

        Shop.edit(workers, it -> container(it).setArgs(List.of("--miniplane.role=all")));
        Shop.soon("role", () -> container(workers.get()).getArgs().equals(List.of("--miniplane.role=worker")));
        Shop.edit(
                shop.object(Service.class, "shop-worker"),
                it -> it.getSpec().setSelector(Map.of("app.kubernetes.io/component", "api")));
        Shop.soon(
                "selector",
                () -> "worker"
                        .equals(shop.object(Service.class, "shop-worker")
                                .get()
                                .getSpec()
                                .getSelector()
                                .get("app.kubernetes.io/component")));
        budget.delete();
        Shop.soon("budget", () -> budget.get() != null);
    }

    @Test
    void workersFollowTheMetricThatIsAskedForAndSayWhyTheyCannot() {
        Shop shop = Shop.in(plane, "worker-metrics").withSecrets().applied().ready();
        Resource<HorizontalPodAutoscaler> autoscaler = shop.object(HorizontalPodAutoscaler.class, "shop-worker");

        shop.change("\"source\":\"Auto\"", "\"source\":\"External\"");
        Shop.soon(
                "metric",
                () -> autoscaler
                        .get()
                        .getSpec()
                        .getMetrics()
                        .getFirst()
                        .getType()
                        .equals("External"));
        Shop.until(
                "why workers don't follow the queue",
                () -> shop.condition("AutoscalingActive")
                        .orElseThrow()
                        .message()
                        .contains("external metric"),
                Duration.ofSeconds(30));
    }

    @Test
    void anObjectThatWasGivenToAnotherBackendIsTakenBack() {
        Shop shop = Shop.in(plane, "relabelled").withSecrets().applied().ready();
        Shop.edit(
                shop.object(Service.class, "shop"),
                it -> it.getMetadata().getLabels().put("miniplane.io/backend", "other"));
        Shop.soon(
                "label",
                () -> "shop"
                        .equals(shop.object(Service.class, "shop")
                                .get()
                                .getMetadata()
                                .getLabels()
                                .get("miniplane.io/backend")));
    }

    @Test
    void atRestNeitherAnotherLookNorARestartWritesAnything() throws InterruptedException {
        Shop shop = Shop.in(plane, "rest").withSecrets().applied().ready();
        shop.change("\"cpu\":\"500m\"", "\"cpu\":\"0.5\"");
        shop.change("\"memory\":\"1Gi\"", "\"memory\":\"1024Mi\"");
        assertThat(shop.backend().get().getMetadata().getGeneration()).isEqualTo(3);
        List<String> before = plane.audit().operatorWritesOnceQuiet();

        shop.annotate("example.org/look", "again");
        Thread.sleep(2000);
        assertThat(writesSince(before)).as("writes after another look").isEmpty();

        operator.close();
        operator = RunningOperator.on(plane);
        Thread.sleep(3000);
        assertThat(writesSince(before)).as("writes after a restart").isEmpty();
    }

    @Test
    void handEditsArePutBackWithinFiveSeconds() {
        Shop shop = Shop.in(plane, "edits").withSecrets().applied().ready();
        Map<String, String> settings =
                shop.object(ConfigMap.class, "shop-config").get().getData();

        Shop.edit(
                shop.object(ConfigMap.class, "shop-config"),
                map -> map.getData().put("application.yaml", "x: 1"));
        Shop.soon(
                "settings",
                () -> settings.equals(
                        shop.object(ConfigMap.class, "shop-config").get().getData()));

        Shop.edit(shop.deployment(), it -> container(it).setImage("evil"));
        Shop.soon(
                "image",
                () -> "miniplane/api-server:test"
                        .equals(container(shop.deployment().get()).getImage()));

        Shop.edit(shop.deployment(), it -> container(it).setEnv(List.of()));
        Shop.soon("variables", () -> container(shop.deployment().get()).getEnv().size() == 2);

        Shop.edit(shop.secret("shop-credentials"), it -> it.getData().remove("miniplane.database.host"));
        Shop.soon(
                "credential",
                () -> shop.secret("shop-credentials").get().getData().containsKey("miniplane.database.host"));

        shop.object(Service.class, "shop").delete();
        Shop.soon("service", () -> shop.object(Service.class, "shop").get() != null);
    }

    @Test
    void anObjectThatLostItsLabelIsTakenBackAndKeysAreKept() {
        Shop shop = Shop.in(plane, "labels").withSecrets().applied().ready();
        Map<String, String> keys = shop.secret("shop-keys").get().getData();

        Shop.edit(shop.secret("shop-keys"), it -> it.getMetadata().getLabels().clear());
        Shop.soon(
                "label",
                () -> !shop.secret("shop-keys").get().getMetadata().getLabels().isEmpty());

        assertThat(shop.secret("shop-keys").get().getData()).isEqualTo(keys);
        Shop.edit(shop.deployment(), it -> it.getMetadata().getLabels().clear());
        Shop.soon(
                "label",
                () -> !shop.deployment().get().getMetadata().getLabels().isEmpty());
    }

    @Test
    void whatOthersSetIsLeftAlone() throws InterruptedException {
        Shop shop = Shop.in(plane, "foreign").withSecrets().applied().ready();
        Shop.edit(
                shop.object(HorizontalPodAutoscaler.class, "shop-api"),
                it -> it.getMetadata().getAnnotations().put("example.org/note", "mine"));
        shop.deployment().scale(4);
        Shop.edit(shop.deployment(), it -> it.getMetadata().getAnnotations().put("example.org/note", "mine"));
        shop.change("\"percentage\":10", "\"percentage\":11");
        Shop.soon(
                "flags",
                () -> shop.object(ConfigMap.class, "shop-config")
                        .get()
                        .getData()
                        .get("flags.json")
                        .contains("11"));

        assertThat(shop.object(HorizontalPodAutoscaler.class, "shop-api")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .containsEntry("example.org/note", "mine");
        assertThat(shop.deployment().get().getMetadata().getAnnotations()).containsEntry("example.org/note", "mine");
        assertThat(shop.deployment().get().getSpec().getReplicas()).isEqualTo(4);
    }

    @Test
    void anObjectOfSomebodyElseIsNotTakenOver() {
        Shop shop = Shop.in(plane, "taken").withSecrets().withSecret("shop-credentials", Map.of("mine", "yes"));
        shop.applied();

        Shop.soon(
                "condition",
                () -> shop.condition("Degraded").orElseThrow().message().contains("shop-credentials exists already"));
        assertThat(shop.secret("shop-credentials").get().getData()).containsOnlyKeys("mine");
    }

    @Test
    void whilePausedNothingIsChanged() throws InterruptedException {
        Shop shop = Shop.in(plane, "paused").withSecrets().applied().ready();
        shop.change("\"paused\":false", "\"paused\":true");
        Shop.soon(
                "paused",
                () -> shop.condition("Progressing").orElseThrow().reason().equals("Paused"));

        Shop.edit(shop.deployment(), it -> container(it).setImage("by-hand"));
        Thread.sleep(2000);
        assertThat(container(shop.deployment().get()).getImage()).isEqualTo("by-hand");

        shop.change("\"paused\":true", "\"paused\":false");
        Shop.soon(
                "image",
                () -> "miniplane/api-server:test"
                        .equals(container(shop.deployment().get()).getImage()));
    }

    private static List<String> managersOfReplicas(Shop shop) {
        return shop.deployment().get().getMetadata().getManagedFields().stream()
                .filter(entry -> Serialization.asJson(entry.getFieldsV1()).contains("f:replicas")
                        && !"status".equals(entry.getSubresource()))
                .map(ManagedFieldsEntry::getManager)
                .toList();
    }

    private static List<String> writesSince(List<String> before) {
        List<String> now = plane.audit().operatorWrites();
        return now.subList(before.size(), now.size());
    }

    private static Container container(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
    }
}

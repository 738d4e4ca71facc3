package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.miniplane.operator.AuditLog.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The operator, with the rights of {@code rbac.yaml} alone, makes, corrects, takes back and removes objects of every kind. The API server's
 * audit log then tells which of the rights each request needed: one that no request needed is too much, and a request that was refused lacks one.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RightsIT {

    private static final int CREATED = 201;
    private static final int FORBIDDEN = 403;
    private static final Duration A_WHILE = Duration.ofMinutes(1);
    private static final String LABEL = "miniplane.io/backend";
    private static final Map<String, String> IN_CLUSTER = Map.of(
            "MINIPLANE_LEADER_ELECTION", "true",
            "MINIPLANE_LEASE_NAMESPACE", "miniplane-system",
            "MINIPLANE_EXTERNAL_METRICS_PORT", "0",
            "POD_NAMESPACE", "miniplane-system",
            "POD_NAME", "rights");

    /** Rights that no request uses: admission asks for them. {@link #withoutFinalizersNothingCanBeOwned} is their proof. */
    private static final Set<String> OF_ADMISSION = Set.of("update miniplane.io/miniprogrambackends/finalizers");

    private ControlPlane plane;
    private FakeNode node;
    private RunningOperator operator;
    private List<Request> requests;

    @BeforeAll
    void live() {
        plane = ControlPlane.thatGuardsOwners();
        OptionalDefinitions.install(plane.admin(), OptionalDefinitions.ALL);
        spoilCertificates();
        Shop.until("backends may be owners", this::canBeOwned, A_WHILE);
        node = new FakeNode(plane.admin());
        operator = RunningOperator.on(plane, IN_CLUSTER);
        Shop routed = Shop.in(plane, "routed").withSecrets().applied();
        Shop ingress = Shop.in(plane, "ingress").withSecrets().applied();
        routed.patch(
                "{exposure: {ingress: null, gateway: {parentRef: {name: public}}}, mesh: {istio: {enabled: true}},"
                        + " reports: {monthly: {schedule: 0 3 1 * *}}, database: {secretRef: null, cloudNativePg: {storage: 10Gi}}}");
        routed.withSecret(
                "shop-db-app", Map.of("host", "db", "dbname", "shop", "username", "shop", "password", "trial"));
        routed.annotate("miniplane.io/delete-database", "true");
        ingress.ready();
        routed.ready();
        // Of its own: what failed keeps a backend with the last good version, its way in included.
        takeBackACanary(Shop.in(plane, "canary").withSecrets().applied().ready());
        followQueuesInTwoWays(routed);
        takeLabelsAway(ingress, routed);
        giveUp(routed, ingress);
        operator.close();
        requests = answered(plane.audit().operatorRequests());
        operator = RunningOperator.on(plane, IN_CLUSTER);
    }

    /** Admission learns of new kinds by and by. */
    private boolean canBeOwned() {
        plane.admin()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("owned")
                        .withNamespace("default")
                        .addNewOwnerReference()
                        .withApiVersion("miniplane.io/v1alpha1")
                        .withKind("MiniProgramBackend")
                        .withName("shop")
                        .withUid("none")
                        .withBlockOwnerDeletion(true)
                        .endOwnerReference()
                        .endMetadata()
                        .build())
                .dryRun()
                .create();
        return true;
    }

    @AfterAll
    void leaveNothingBehind() {
        try {
            if (operator != null) {
                operator.close();
                node.close();
            }
        } finally {
            if (plane != null) {
                plane.close();
            }
        }
    }

    static List<Right> rights() {
        return ControlPlane.rights();
    }

    @ParameterizedTest
    @MethodSource("rights")
    void eachRightIsTheOnlyOneThatAllowsSomeRequest(Right right) {
        if (!OF_ADMISSION.contains(right.toString())) {
            assertThat(requests)
                    .as("requests that nothing else allows: take the right away, or let this test need it")
                    .anyMatch(request -> right.allows(request)
                            && rights().stream()
                                            .filter(each -> each.allows(request))
                                            .count()
                                    == 1);
        }
    }

    @Test
    void noRequestIsRefused() {
        assertThat(requests).isNotEmpty().noneMatch(request -> request.status() == FORBIDDEN);
    }

    /**
     * A right that is taken away, and what can't be done then.
     *
     * @param resource of the request that is refused
     */
    record Theft(String right, String resource, Consumer<Shop> act) {

        @Override
        public String toString() {
            return right;
        }
    }

    static Stream<Theft> thefts() {
        return Stream.of(
                new Theft(
                        "patch services",
                        "services",
                        shop -> Shop.edit(
                                shop.object(Service.class, "shop"),
                                it -> it.getSpec().setSelector(Map.of("app", "other")))),
                new Theft(
                        "create configmaps",
                        "configmaps",
                        shop -> shop.object(ConfigMap.class, "shop-config").delete()),
                new Theft("delete networking.k8s.io/ingresses", "ingresses", shop -> shop.patch("{exposure: null}")),
                new Theft(
                        "get apps/deployments",
                        "deployments",
                        shop -> Shop.edit(
                                shop.deployment(), it -> it.getMetadata().setLabels(null))),
                new Theft(
                        "patch miniplane.io/miniprogrambackends/status",
                        "miniprogrambackends/status",
                        shop -> shop.patch("{paused: true}")));
    }

    @ParameterizedTest
    @MethodSource("thefts")
    void aRightThatIsTakenAwayIsMissed(Theft theft) {
        Shop shop = Shop.in(plane, "without-" + theft.right().replaceAll("[^a-z]+", "-"))
                .withSecrets()
                .applied()
                .ready();
        without(theft.right(), () -> {
            theft.act().accept(shop);
            Shop.until("refused", () -> isRefused(theft.resource(), shop), A_WHILE);
        });
    }

    @Test
    void withoutFinalizersNothingCanBeOwned() {
        Shop shop = Shop.in(plane, "unowned").withSecrets();
        without(OF_ADMISSION.iterator().next(), () -> {
            shop.applied();
            Shop.until("refused", () -> isRefused("secrets", shop), A_WHILE);
            Shop.until(
                    "said",
                    () -> shop.condition("Degraded").orElseThrow().message().contains("blockOwnerDeletion"),
                    A_WHILE);
        });
        Shop.until("made after all", () -> shop.deployment().get() != null, Duration.ofMinutes(1));
    }

    private boolean isRefused(String resource, Shop shop) {
        return plane.audit().operatorRequests().stream()
                .anyMatch(request -> request.status() == FORBIDDEN
                        && request.resource().equals(resource)
                        && request.namespace().equals(shop.namespace()));
    }

    /** Takes one right away for as long as something is tried. */
    private void without(String right, Runnable trial) {
        Resource<ClusterRole> role = plane.admin().rbac().clusterRoles().withName("miniplane-operator");
        List<PolicyRule> all = role.get().getRules();
        List<PolicyRule> others = Right.in(List.of(role.get())).stream()
                .filter(each -> !each.toString().equals(right))
                .map(Right::rule)
                .toList();
        assertThat(Right.in(List.of(role.get()))).hasSize(others.size() + 1);
        setRules(role, others);
        try {
            trial.run();
        } finally {
            setRules(role, all);
        }
    }

    private static void setRules(Resource<ClusterRole> role, List<PolicyRule> rules) {
        role.edit(it -> {
            it.setRules(rules);
            return it;
        });
    }

    private static List<Request> answered(List<Request> requests) {
        return requests.stream()
                .flatMap(request -> request.verb().equals("patch") && request.status() == CREATED
                        ? Stream.of(request, request.withVerb("create"))
                        : Stream.of(request))
                .toList();
    }

    /** What was there before the operator, and can't be used, is replaced. */
    private void spoilCertificates() {
        plane.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("miniplane-operator-metrics")
                        .withNamespace("miniplane-system")
                        .endMetadata()
                        .build())
                .create();
    }

    /** By KEDA, by the operator's own metrics, and by KEDA again. */
    private void followQueuesInTwoWays(Shop shop) {
        Resource<HorizontalPodAutoscaler> autoscaler = shop.object(HorizontalPodAutoscaler.class, "shop-worker");
        shop.patch("{worker: {queue: {source: Operator}}}");
        Shop.until("autoscaler", () -> autoscaler.get() != null, A_WHILE);
        gone("ScaledObject", shop);
        shop.patch("{worker: {queue: {source: Keda}}}");
        Shop.until("KEDA", () -> autoscaler.get() == null, A_WHILE);
    }

    private void takeBackACanary(Shop shop) {
        shop.patch("{image: 'registry.example/server:next', rollout: {strategy: Canary, canary: {steps:"
                + " [{weight: 50, pause: 1h}, {weight: 100}]}}}");
        Resource<Deployment> canary = shop.object(Deployment.class, "shop-canary");
        Shop.until("canary", () -> canary.get() != null, A_WHILE);
        shop.annotate("miniplane.io/abort", "now");
        Shop.until("canary is gone", () -> canary.get() == null, A_WHILE);
        Shop.until(
                "the wish is followed",
                () -> !shop.backend().get().getMetadata().getAnnotations().containsKey("miniplane.io/abort"),
                A_WHILE);
    }

    /** One object of each kind loses the label by which it is watched, and is taken back. */
    private void takeLabelsAway(Shop... shops) {
        for (List<String> kind : OwnedKinds.ALL) {
            for (Shop shop : shops) {
                Shop.until("all there", () -> Stream.of(shops).anyMatch(each -> isLabelled(kind, each)), A_WHILE);
                objects(kind, shop)
                        .forEach(object -> Shop.edit(
                                shop.object(
                                        kind.getFirst(),
                                        kind.getLast(),
                                        object.getMetadata().getName()),
                                it -> it.getMetadata().setLabels(null)));
            }
        }
        for (List<String> kind : OwnedKinds.ALL) {
            Shop.until(kind + " taken back", () -> Stream.of(shops).anyMatch(each -> isLabelled(kind, each)), A_WHILE);
        }
    }

    private boolean isLabelled(List<String> kind, Shop shop) {
        return !objects(kind, shop).isEmpty();
    }

    private List<GenericKubernetesResource> objects(List<String> kind, Shop shop) {
        return plane.admin()
                .genericKubernetesResources(kind.getFirst(), kind.getLast())
                .inNamespace(shop.namespace())
                .withLabel(LABEL)
                .list()
                .getItems();
    }

    /** The manifests cease to ask for what they may go without. */
    private void giveUp(Shop routed, Shop plain) {
        routed.patch("{exposure: {gateway: null, ingress: {className: nginx}}, mesh: {istio: {enabled: false}},"
                + " reports: {monthly: null}, networkPolicy: {enabled: false},"
                + " database: {secretRef: {name: shop-db}, cloudNativePg: null}}");
        plain.patch("{exposure: null}");
        for (String kind : List.of(
                "HTTPRoute",
                "VirtualService",
                "DestinationRule",
                "PeerAuthentication",
                "CronJob",
                "NetworkPolicy",
                "Cluster")) {
            gone(kind, routed);
        }
        gone("Ingress", plain);
    }

    private void gone(String kind, Shop shop) {
        List<String> named = OwnedKinds.ALL.stream()
                .filter(each -> each.getLast().equals(kind))
                .findFirst()
                .orElseThrow();
        Shop.until(kind + " is gone", () -> objects(named, shop).isEmpty(), A_WHILE);
    }
}

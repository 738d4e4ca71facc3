package io.miniplane.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderedKindsTest {

    private static final String INGRESS =
            "{host: api.shop.example, ingress: {className: nginx, tlsSecretName: shop-tls, annotations: {a: b}}}";
    private static final String GATEWAY =
            "{host: api.shop.example, gateway: {parentRef: {name: public, namespace: edge, sectionName: https}}}";

    private final Backend shop = Manifests.backend();

    @Test
    void podsReachNamesTheirDatabaseTheirBrokerAndTheAddressesOfTheManifest() {
        var rules = new PodNetworkPolicy()
                .render(shopWith(Map.of(
                        "miniplane.database.port", "6432", "miniplane.messaging.uri", "amqps://u:p@1@rabbit/shop")))
                .getSpec()
                .getEgress();

        assertThat(rules)
                .extracting(NetworkPolicyEgressRule::getPorts)
                .map(ports -> ports.stream()
                        .map(port -> port.getProtocol() + " " + port.getPort().getIntVal())
                        .toList())
                .containsExactly(List.of("UDP 53", "TCP 53"), List.of("TCP 443", "TCP 5671", "TCP 6432"));
    }

    @Test
    void onlyTheOperatorAndPrometheusReachTheManagementPortAndEverybodyThePublicOne() {
        var policy = new PodNetworkPolicy().render(shop).getSpec();
        assertThat(policy.getPodSelector().getMatchLabels())
                .containsOnly(
                        entry("app.kubernetes.io/name", "miniplane-backend"),
                        entry("app.kubernetes.io/instance", "shop"));
        assertThat(policy.getIngress()).singleElement().satisfies(rule -> {
            assertThat(rule.getPorts()).extracting(NetworkPolicyPort::getPort).containsExactly(new IntOrString(8081));
            assertThat(rule.getFrom()
                            .getFirst()
                            .getPodSelector()
                            .getMatchExpressions()
                            .getFirst()
                            .getValues())
                    .containsExactly("miniplane-operator", "prometheus");
        });
        var api = new ApiNetworkPolicy().render(shop).getSpec();
        assertThat(api.getPodSelector().getMatchLabels()).containsEntry("app.kubernetes.io/instance", "shop");
        assertThat(api.getPodSelector().getMatchExpressions()).singleElement().satisfies(components -> {
            assertThat(components.getKey()).isEqualTo("app.kubernetes.io/component");
            assertThat(components.getOperator()).isEqualTo("In");
            assertThat(components.getValues()).containsExactly("api", "canary");
        });
        assertThat(api.getIngress()).singleElement().satisfies(rule -> {
            assertThat(rule.getPorts()).extracting(NetworkPolicyPort::getPort).containsExactly(new IntOrString(8080));
            assertThat(rule.getFrom()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "amqp://u:p@rabbit/shop, 5672",
        "amqps://u:p%40x@rabbit:5999/shop, 5999",
        "amqp://[::1]:1234, 1234",
        "amqp://rabbit:99999, 443"
    })
    void theBrokersPortIsFoundInItsAddress(String uri, int port) {
        assertThat(PeerPorts.of(shopWith(Map.of("miniplane.messaging.uri", uri))))
                .containsOnly(443, port);
    }

    @Test
    void everyServerOfABrokerAndEveryAddressHasItsPort() {
        assertThat(PeerPorts.of(shopWith(Map.of("miniplane.messaging.bootstrap-servers", "k1:9092,k2:9093"))))
                .containsExactly(443, 9092, 9093);
        var tracing = Manifests.shopWith("observability: {}", "observability: {otlpEndpoint: 'http://collector:4318'}");
        assertThat(PeerPorts.of(Manifests.backend(tracing))).containsExactly(443, 4318);
        var wrapped = Manifests.shopWith("rotateEvery: 2160h", "rotateEvery: 2160h, kms: {uri: 'hcvault://vault/t/k'}");
        assertThat(PeerPorts.of(Manifests.backend(wrapped))).containsExactly(443, 8200);
    }

    @Test
    void whoIsExposedIsReachedThroughAnIngressOrAGateway() {
        var ingress = exposed(INGRESS);
        assertThat(new BackendIngress().isWanted(ingress.spec())).isTrue();
        assertThat(new BackendRoute().isWanted(ingress.spec())).isFalse();
        assertThat(new BackendIngress().isWanted(shop.spec())).isFalse();
        var rendered = new BackendIngress().render(ingress);
        assertThat(rendered.getMetadata().getAnnotations()).containsOnly(entry("a", "b"));
        assertThat(rendered.getSpec().getIngressClassName()).isEqualTo("nginx");
        assertThat(rendered.getSpec().getTls().getFirst().getSecretName()).isEqualTo("shop-tls");

        var route = new BackendRoute().render(exposed(GATEWAY)).getSpec();
        assertThat(route.getHostnames()).containsExactly("api.shop.example");
        assertThat(Serialization.asJson(route.getParentRefs()))
                .contains("\"name\":\"public\"", "\"namespace\":\"edge\"", "\"sectionName\":\"https\"");
        assertThat(route.getRules().getFirst().getBackendRefs().getFirst().getPort())
                .isEqualTo(80);
    }

    @Test
    void reportsAreMadeByTheSameImageOneAtATime() {
        var job = new MonthlyReportJob().render(shop);
        var pod = job.getSpec().getJobTemplate().getSpec().getTemplate();
        var server = pod.getSpec().getContainers().getFirst();

        assertThat(job.getMetadata().getName()).isEqualTo("shop-report");
        assertThat(job.getSpec().getSchedule()).isEqualTo("0 3 1 * *");
        assertThat(job.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
        assertThat(server.getImage()).isEqualTo("server:1");
        assertThat(server.getArgs()).containsExactly("--task=monthly-report");
        assertThat(server.getReadinessProbe()).isNull();
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getMetadata().getLabels()).containsEntry("app.kubernetes.io/component", "report");
    }

    @Test
    void aDatabaseIsAsAskedForAndStaysUnlessItIsToGo() {
        MiniProgramBackend backend = Manifests.shopWith(
                "{secretRef: {name: shop-db}}",
                "{cloudNativePg: {instances: 3, storage: 20Gi, storageClassName: fast}}");
        var cluster = new DatabaseCluster();

        assertThat(cluster.render(Manifests.backend(backend)).getSpec())
                .containsEntry("instances", 3)
                .containsEntry("storage", Map.of("size", "20Gi", "storageClass", "fast"));
        assertThat(ownersOf(cluster, backend)).isEmpty();
        backend.getMetadata().setAnnotations(Map.of(Backend.DELETE_DATABASE, "true"));
        assertThat(ownersOf(cluster, backend)).hasSize(1);
    }

    @Test
    void everyObjectIsLabelled() {
        var objects = List.of(
                new PodNetworkPolicy().render(shop),
                new ApiNetworkPolicy().render(shop),
                new BackendIngress().render(exposed(INGRESS)),
                new BackendRoute().render(exposed(GATEWAY)),
                new BackendMonitor().render(shop),
                new MonthlyReportJob().render(shop),
                new BackendVirtualService().render(shop),
                new BackendDestinationRule().render(shop),
                new BackendPeerAuthentication().render(shop));

        assertThat(objects)
                .allSatisfy(object -> assertThat(object.getMetadata().getLabels())
                        .containsEntry("app.kubernetes.io/instance", "shop")
                        .containsEntry("miniplane.io/backend", "shop")
                        .containsEntry("app.kubernetes.io/managed-by", "miniplane"));
    }

    private static List<?> ownersOf(DatabaseCluster cluster, MiniProgramBackend backend) {
        return cluster.withOwner(cluster.render(Manifests.backend(backend)), backend)
                .getMetadata()
                .getOwnerReferences();
    }

    private static Backend exposed(String exposure) {
        return Manifests.backend(Manifests.shopWith("observability: {}", "observability: {}\n  exposure: " + exposure));
    }

    private Backend shopWith(Map<String, String> credentials) {
        var all = new HashMap<>(Manifests.CREDENTIALS.properties());
        all.putAll(credentials);
        return new Backend(shop.resource(), "server:1", new Credentials(all));
    }
}

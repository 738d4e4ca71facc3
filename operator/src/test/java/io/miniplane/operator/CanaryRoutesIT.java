package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.RolloutStatus.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where a route splits the traffic, a canary has its part exactly, and nothing before its pods are ready. */
class CanaryRoutesIT {

    private static final String NEXT = "registry.example/server:next";
    private static final String STEPS = "[{weight: 5}, {weight: 60}]";
    private static final String GATEWAY = "{exposure: {ingress: null, gateway: {parentRef: {name: public}}}}";
    private static final String MESH = "{mesh: {istio: {enabled: true}}}";

    private static ControlPlane plane;
    private static RunningOperator operator;
    private static FakeNode node;

    @BeforeAll
    static void start() {
        plane = ControlPlane.shared();
        OptionalDefinitions.install(plane.admin(), OptionalDefinitions.ALL);
        node = new FakeNode(plane.admin());
        operator = RunningOperator.on(
                plane, Map.of("MINIPLANE_LEADER_ELECTION", "false", "MINIPLANE_SIGNALS_INTERVAL", "1"));
    }

    @AfterAll
    static void stop() {
        if (operator != null) {
            operator.close();
            node.close();
            OptionalDefinitions.remove(plane.admin(), OptionalDefinitions.ALL);
        }
    }

    @Test
    void anHttpRouteSplitsTheTrafficBetweenTheServices() {
        try (var shop = CanaryShop.serving(plane, "canary-gateway", STEPS, pod -> pod.traffic(20))) {
            shop.shop().patch(GATEWAY);
            followed(shop, "gateway.networking.k8s.io/v1", "HTTPRoute", "/spec/rules/0/backendRefs", "/name", 1);
        }
    }

    @Test
    void aVirtualServiceSplitsTheTrafficBetweenTheServices() {
        try (var shop = CanaryShop.serving(plane, "canary-mesh", STEPS, pod -> pod.traffic(20))) {
            shop.shop().patch(MESH);
            followed(shop, "networking.istio.io/v1", "VirtualService", "/spec/http/0/route", "/destination/host", 100);
        }
    }

    private static void followed(
            CanaryShop shop, String apiVersion, String kind, String list, String name, int everything) {
        Resource<GenericKubernetesResource> route = shop.shop().object(apiVersion, kind, "shop");
        String before = "[shop %d]".formatted(everything);
        Shop.until("route", () -> weights(route, list, name).equals(before), CanaryShop.LIMIT);
        shop.shop().ready();

        shop.image(NEXT);
        shop.inPhase(Phase.AWAITING_PROMOTION);
        Shop.soon("5 %", () -> weights(route, list, name).equals("[shop 95, shop-canary-http 5]"));
        assertThat(shop.canary().get().getSpec().getReplicas()).isEqualTo(1);
        assertThat(shop.shop().object(Service.class, "shop").get().getSpec().getSelector())
                .as("the Service has only the others")
                .containsEntry("app.kubernetes.io/component", "api");
        Shop.edit(route, it -> it.setAdditionalProperty("spec", Map.of("hosts", List.of("other"))));
        Shop.soon("corrected", () -> weights(route, list, name).equals("[shop 95, shop-canary-http 5]"));

        shop.shop().annotate("miniplane.io/promote", "now");
        Shop.until("60 %", () -> weights(route, list, name).equals("[shop 40, shop-canary-http 60]"), CanaryShop.LIMIT);
        assertThat(shop.canary().get().getSpec().getReplicas())
                .as("enough for their part")
                .isEqualTo(2);

        shop.shop().annotate("miniplane.io/abort", "now");
        shop.settledOn(CanaryShop.GOOD);
        Shop.soon("all traffic is back", () -> weights(route, list, name).equals(before));
    }

    private static String weights(Resource<GenericKubernetesResource> route, String list, String name) {
        JsonNode spec = Serialization.unmarshal(Serialization.asJson(route.get()), JsonNode.class);
        var weights = new ArrayList<String>();
        spec.at(list)
                .forEach(target -> weights.add(
                        target.at(name).asText() + " " + target.path("weight").asInt()));
        return weights.toString();
    }
}

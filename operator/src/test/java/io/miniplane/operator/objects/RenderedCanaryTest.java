package io.miniplane.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderedCanaryTest {

    private static final String GATEWAY =
            "observability: {}\n  exposure: {host: api.shop.example, gateway: {parentRef: {name: public}}}";

    private final Backend good = Manifests.backend();
    private final Backend next = new Backend(
            Manifests.shopWith("https://api.weixin.qq.com", "https://other.example"),
            "server:2",
            new Credentials(Map.of(Credentials.APP_SECRET, "f".repeat(32))));

    @ParameterizedTest
    @CsvSource({
        "5, 2, 20, true, 1",
        "60, 2, 20, true, 2",
        "60, 10, 20, true, 6",
        "5, 2, 20, false, 1",
        "25, 2, 20, false, 1",
        "50, 2, 20, false, 2",
        "10, 20, 30, false, 2",
        "90, 4, 20, false, 20",
        "100, 4, 20, false, 4",
        "50, 0, 20, false, 1",
        "50, 8, 0, true, 1"
    })
    void podsAreAsManyAsTheirPartOfTheTrafficNeeds(int weight, int others, int most, boolean routed, int pods) {
        assertThat(CanaryServers.pods(weight, others, most, routed)).isEqualTo(pods);
    }

    @Test
    void podsOfACanaryHaveTheNewVersionWithFilesOfItsOwnAndLabelsApart() {
        var deployment = CanaryObject.deployment().render(beside(25, false));
        var pod = deployment.getSpec().getTemplate();

        assertThat(deployment.getMetadata().getName()).isEqualTo("shop-canary");
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(3);
        assertThat(pod.getSpec().getContainers().getFirst().getImage()).isEqualTo("server:2");
        assertThat(pod.getSpec().getContainers().getFirst().getArgs()).containsExactly("--miniplane.role=api");
        assertThat(pod.getSpec().getVolumes())
                .extracting(RenderedCanaryTest::source)
                .containsExactly("shop-canary-config", "shop-canary-credentials", "shop-keys", "");
        assertThat(pod.getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/component", "canary")
                .containsEntry("miniplane.io/role", "api")
                .containsKey(Backend.VERSION);
        assertThat(CanaryObject.settings().render(beside(25, false)).getData().get("application.yaml"))
                .contains("https://other.example");
        assertThat(CredentialsSecret.read(CanaryObject.credentials().render(beside(25, false))))
                .isEqualTo(next.credentials());
        assertThat(CanaryObject.management().render(beside(25, false)).getSpec().getSelector())
                .containsEntry("app.kubernetes.io/component", "canary");
    }

    @Test
    void withoutARouteTheServiceTakesAnyApiPodAndInTheEndOnlyThoseOfTheCanary() {
        assertThat(selector(beside(0, false))).isEqualTo(good.selector(Component.API));
        assertThat(selector(beside(40, false)))
                .containsEntry("miniplane.io/role", "api")
                .doesNotContainKey("app.kubernetes.io/component");
        assertThat(selector(beside(100, false))).isEqualTo(good.selector(Component.CANARY));
        assertThat(selector(beside(40, true))).isEqualTo(good.selector(Component.API));
    }

    @Test
    void aRouteSplitsTheTrafficByWeight() {
        Backend exposed = Manifests.backend(Manifests.shopWith("observability: {}", GATEWAY));

        assertThat(new BackendRoute()
                        .render(exposed.beside(beside(40, true).canary()))
                        .getSpec()
                        .getRules()
                        .getFirst()
                        .getBackendRefs())
                .extracting(HTTPBackendRef::getName, HTTPBackendRef::getWeight)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("shop", 60),
                        org.assertj.core.api.Assertions.tuple("shop-canary-http", 40));
        assertThat(new BackendRoute()
                        .render(exposed.beside(beside(0, true).canary()))
                        .getSpec()
                        .getRules()
                        .getFirst()
                        .getBackendRefs())
                .hasSize(1);
        assertThat(new BackendVirtualService()
                        .render(beside(40, true))
                        .getSpec()
                        .toString())
                .contains("weight=60", "weight=40", "host=shop-canary-http");
    }

    @Test
    void withACanaryBesideThemTheOthersDoNotGetFewer() {
        assertThat(policy(good)).isEqualTo("Max");
        assertThat(policy(beside(5, true))).isEqualTo("Disabled");
    }

    @Test
    void theNumberOfOthersAndTheirVersionStayAsTheyAre() {
        var deployment = new ServerDeployment(Component.API, backend -> 1);

        assertThat(deployment.render(beside(40, false))).isEqualTo(deployment.render(good));
    }

    private Backend beside(int weight, boolean routed) {
        return good.beside(Optional.of(new CanaryServers(next, weight, 3, routed)));
    }

    private static Map<String, String> selector(Backend backend) {
        return new BackendService().render(backend).getSpec().getSelector();
    }

    private static String policy(Backend backend) {
        return new ApiAutoscaler()
                .render(backend)
                .getSpec()
                .getBehavior()
                .getScaleDown()
                .getSelectPolicy();
    }

    private static String source(Volume volume) {
        return volume.getConfigMap() != null
                ? volume.getConfigMap().getName()
                : volume.getSecret() != null
                        ? Objects.requireNonNull(volume.getSecret().getSecretName())
                        : "";
    }
}

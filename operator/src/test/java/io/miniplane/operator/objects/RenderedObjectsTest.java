package io.miniplane.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderedObjectsTest {

    private final Backend shop = Manifests.backend();

    @Test
    void apiPodsScaleAsTheTierOfTheirTrafficSays() {
        var busy = new Backend(
                Manifests.shop(), "server:1", new Credentials(Map.of()), new Scaling(2, Scaling.Metric.NONE));
        var spec = new ApiAutoscaler().render(busy).getSpec();

        assertThat(spec.getMinReplicas()).isEqualTo(8);
        assertThat(spec.getMetrics().getFirst().getResource().getTarget().getAverageUtilization())
                .isEqualTo(70);
        assertThat(spec.getBehavior().getScaleUp().getStabilizationWindowSeconds())
                .isEqualTo(60);
    }

    @Test
    void settingsHaveWhatTheServersRead() {
        var data = new BackendConfigMap().render(shop).getData();

        assertThat(data).containsOnlyKeys("application.yaml", "flags.json");
        assertThat((Object) Serialization.unmarshal(data.get("application.yaml"), Map.class))
                .isEqualTo(Map.of(
                        "spring", Map.of("profiles", Map.of("active", "prod")),
                        "miniplane",
                                Map.of(
                                        "app-id",
                                        "wx0123456789abcdef",
                                        "environment",
                                        "prod",
                                        "wechat",
                                        Map.of("base-url", "https://api.weixin.qq.com"),
                                        "messaging",
                                        Map.of("broker", "Postgres"),
                                        "features",
                                        Map.of("file", "/miniplane/config/flags.json"),
                                        "observability",
                                        Map.of("otlp-endpoint", "", "sampling-ratio", 0.1))));
    }

    @Test
    void settingsOfPushesAndApiSecurityAreWrittenAsTheServersReadThem() {
        String wechat = """
                wechat:
                    messagePush: {tokenRef: {name: p, key: t}, format: XML, mode: Plain}
                    apiSecurity:
                      symmetricKeyRef: {name: p, key: s}
                      symmetricKeySerial: sym1
                      signingKeyRef: {name: p, key: k}
                      signingKeySerial: sig1
                      platformCertificateRef: {name: p, key: c}
                      platformCertificateSerial: cert1
                      cipher: AES256_GCM
                      signature: RSAwithSHA256
                """;

        assertThat((Object) settings("  " + wechat.stripTrailing() + "\n").get("wechat"))
                .isEqualTo(Map.of(
                        "base-url",
                        "https://api.weixin.qq.com",
                        "message-push",
                        Map.of("format", "XML", "mode", "Plain"),
                        "api-security",
                        Map.of(
                                "symmetric-key-serial", "sym1",
                                "signing-key-serial", "sig1",
                                "platform-certificate-serial", "cert1",
                                "cipher", "AES256_GCM",
                                "signature", "RSAwithSHA256")));
    }

    @Test
    void settingsOfStaffAreWrittenAsTheServersReadThem() {
        String staff = """
                staff:
                    issuer: https://login.example
                    audience: shop
                    rolesClaim: https://shop.example/roles
                    roles: {"Shop Owners": admin, "desk.1": support}
                """;

        assertThat((Object) settings("  " + staff + "  wechat:\n").get("staff"))
                .isEqualTo(Map.of(
                        "issuer", "https://login.example",
                        "audience", "shop",
                        "roles-claim", "https://shop.example/roles",
                        "roles", Map.of("[Shop Owners]", "admin", "[desk.1]", "support")));
    }

    /** The settings of a shop whose manifest has the given lines in place of the beginning of its wechat. */
    private static Map<?, ?> settings(String lines) {
        Backend backend = Manifests.backend(Manifests.shopWith("  wechat:\n", lines));
        String settings = new BackendConfigMap().render(backend).getData().get("application.yaml");
        return (Map<?, ?>) Serialization.unmarshal(settings, Map.class).get("miniplane");
    }

    @Test
    void settingsOfPaymentsAndABrokerAreWrittenAsTheServersReadThem() {
        String wechat = """
                exposure: {host: api.shop.example, ingress: {className: nginx}}
                wechat:
                  pay:
                    merchantId: "1900000001"
                    certificateSerial: 5157F09EFDC096DE15EBE81A47057A7232F1B8E1
                    privateKeyRef: {name: p, key: k}
                    apiV3KeyRef: {name: p, key: a}
                    platformPublicKeyRef: {name: p, key: w}
                    platformPublicKeyId: PUB_KEY_ID_0119000000012024101000337600000001
                """;
        Backend backend = Manifests.backend(Manifests.shopWith("  wechat:\n", wechat.indent(2)));
        Map<?, ?> miniplane = miniplane(backend);

        assertThat((Object) miniplane.get("wechat"))
                .isEqualTo(Map.of(
                        "base-url",
                        "https://api.weixin.qq.com",
                        "pay",
                        Map.of(
                                "merchant-id", "1900000001",
                                "certificate-serial", "5157F09EFDC096DE15EBE81A47057A7232F1B8E1",
                                "platform-public-key-id", "PUB_KEY_ID_0119000000012024101000337600000001",
                                "notify-url", "https://api.shop.example/api/v1/wechat/pay/notifications")));
        Backend withBroker = Manifests.backend(
                Manifests.shopWith("{broker: Postgres}", "{broker: RabbitMQ, secretRef: {name: shop-rabbit}}"));
        assertThat((Object) miniplane(withBroker).get("messaging")).isEqualTo(Map.of("broker", "RabbitMQ"));
    }

    @Test
    void featuresAreFlagsByNameAndByShare() {
        assertThat(flag("{enabled: true, percentage: 10, openIds: [o1]}"))
                .isEqualTo("{\"defaultVariant\":\"off\",\"state\":\"ENABLED\",\"targeting\":{\"if\":["
                        + "{\"in\":[{\"var\":\"targetingKey\"},[\"o1\"]]},\"on\","
                        + "{\"fractional\":[[\"on\",10],[\"off\",90]]}]},\"variants\":{\"off\":false,\"on\":true}}");
        assertThat(flag("{enabled: true, percentage: 10, openIds: []}"))
                .contains("\"targeting\":{\"fractional\":[[\"on\",10],[\"off\",90]]}");
    }

    @Test
    void nobodyAndEverybodyAreNotLeftToAHash() {
        assertThat(flag("{enabled: true, percentage: 0, openIds: [o1]}"))
                .contains("{\"if\":[{\"in\":[{\"var\":\"targetingKey\"},[\"o1\"]]},\"on\",\"off\"]}");
        assertThat(flag("{enabled: true, percentage: 0, openIds: []}"))
                .contains("\"defaultVariant\":\"off\"")
                .doesNotContain("targeting");
        assertThat(flag("{enabled: true, percentage: 100, openIds: [o1]}"))
                .contains("\"defaultVariant\":\"on\"")
                .doesNotContain("targeting");
        assertThat(flag("{enabled: false, percentage: 100, openIds: [o1]}"))
                .contains("\"defaultVariant\":\"off\"")
                .doesNotContain("targeting");
    }

    private static Map<?, ?> miniplane(Backend backend) {
        String settings = new BackendConfigMap().render(backend).getData().get("application.yaml");
        return (Map<?, ?>) Serialization.unmarshal(settings, Map.class).get("miniplane");
    }

    private static String flag(String feature) {
        Backend backend =
                Manifests.backend(Manifests.shopWith("{enabled: true, percentage: 10, openIds: [o1]}", feature));
        String flags = new BackendConfigMap().render(backend).getData().get("flags.json");
        Map<?, ?> all = (Map<?, ?>) Serialization.unmarshal(flags, Map.class).get("flags");
        return Serialization.asJson(all.get("newCheckout"));
    }

    @Test
    void podsRunUnderTheRestrictedStandard() {
        PodSpec pod = ServerPod.render(Component.API, shop);
        Container server = pod.getContainers().getFirst();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(server.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(server.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(server.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(30 + 5);
        assertThat(server.getLifecycle().getPreStop().getSleep().getSeconds()).isEqualTo(5);
        assertThat(pod.getTopologySpreadConstraints()).hasSize(2);
    }

    @Test
    void theServerFindsItsFilesWhereItLooks() {
        Container server = ServerPod.render(Component.API, shop).getContainers().getFirst();

        assertThat(server.getWorkingDir()).isEqualTo("/miniplane");
        assertThat(server.getArgs()).containsExactly("--miniplane.role=api");
        assertThat(server.getVolumeMounts())
                .extracting(VolumeMount::getName, VolumeMount::getMountPath)
                .map(tuple -> tuple.toList().toString())
                .containsExactly(
                        "[config, /miniplane/config]",
                        "[credentials, /miniplane/credentials]",
                        "[keys, /miniplane/keys]",
                        "[tmp, /tmp]");
        assertThat(server.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
        assertThat(server.getLivenessProbe().getHttpGet().getPort().getStrVal()).isEqualTo("management");
    }

    @Test
    void amountsAreWrittenAsTheApiServerStoresThem() {
        var resources =
                ServerPod.render(Component.API, shop).getContainers().getFirst().getResources();

        assertThat(resources.getRequests())
                .containsOnly(entry("cpu", new Quantity("1")), entry("memory", new Quantity("1", "Gi")));
        assertThat(resources.getLimits()).containsOnly(entry("memory", new Quantity("1536", "Mi")));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5,500m",
        "1000m,1",
        "1500m,1500m",
        "1024Ki,1Mi",
        "1.5Gi,1536Mi",
        "2000,2k",
        "0,0",
        "100M,100M",
        "0.1Gi,107374182400m"
    })
    void aQuantityHasOneForm(String written, String stored) {
        assertThat(CanonicalQuantity.of(Quantity.parse(written)).toString()).isEqualTo(stored);
    }

    @Test
    void theNumberOfPodsIsLeftToTheAutoscaler() {
        var deployment = new ServerDeployment(Component.API, backend -> 2);
        Deployment fresh = deployment.render(shop);
        assertThat(fresh.getSpec().getReplicas()).isEqualTo(2);
        fresh.getSpec().setReplicas(5);
        assertThat(deployment.renderOver(fresh, shop).getSpec().getReplicas()).isNull();

        var autoscaler = new ApiAutoscaler().render(shop).getSpec();
        assertThat(autoscaler.getMinReplicas()).isEqualTo(2);
        assertThat(autoscaler.getMaxReplicas()).isEqualTo(20);
        assertThat(autoscaler.getMetrics().getFirst().getResource().getTarget().getAverageUtilization())
                .isEqualTo(60);
        assertThat(autoscaler.getBehavior().getScaleUp().getStabilizationWindowSeconds())
                .isEqualTo(300);
    }

    @Test
    void whatAnAutoscalerMeasuredIsNoNewsAndWhatItSaysOfItselfIs() {
        var autoscaler = new ApiAutoscaler();
        var before = autoscaler.render(shop);
        before.getMetadata().setResourceVersion("1");
        before.setStatus(new HorizontalPodAutoscalerStatusBuilder()
                .withCurrentReplicas(2)
                .build());
        var measured = new HorizontalPodAutoscalerBuilder(before)
                .editMetadata()
                .withResourceVersion("2")
                .addNewManagedField()
                .withManager("kube-controller-manager")
                .endManagedField()
                .endMetadata()
                .editStatus()
                .withCurrentReplicas(3)
                .endStatus()
                .build();

        assertThat(autoscaler.isNews(measured, before)).isFalse();
        assertThat(autoscaler.isNews(
                        new HorizontalPodAutoscalerBuilder(measured)
                                .editStatus()
                                .addNewCondition()
                                .withType("ScalingActive")
                                .withStatus("False")
                                .endCondition()
                                .endStatus()
                                .build(),
                        before))
                .isTrue();
        assertThat(autoscaler.isNews(
                        new HorizontalPodAutoscalerBuilder(measured)
                                .editSpec()
                                .withMaxReplicas(1)
                                .endSpec()
                                .build(),
                        before))
                .isTrue();
    }

    @Test
    void aTierStaysWithinTheBoundsOfTheOwner() {
        var small = Manifests.backend(Manifests.shopWith("{min: 2, max: 20}", "{min: 1, max: 1}"));

        assertThat(new ApiAutoscaler().render(small).getSpec().getMinReplicas()).isEqualTo(1);
    }

    @Test
    void podsAreReplacedForCredentialsAndSettingsButNotForFlags() {
        String checksum = RestartChecksum.of(shop);
        var otherSecret = new Backend(
                shop.resource(), "server:1", new Credentials(Map.of(Credentials.APP_SECRET, "f".repeat(32))));

        assertThat(RestartChecksum.of(otherSecret)).isNotEqualTo(checksum);
        assertThat(RestartChecksum.of(Manifests.backend(
                        Manifests.shopWith("observability: {}", "observability: {samplingRatio: 0.5}"))))
                .isNotEqualTo(checksum);
        assertThat(RestartChecksum.of(Manifests.backend(Manifests.shopWith("percentage: 10", "percentage: 11"))))
                .isEqualTo(checksum);
    }

    @Test
    void alertsAreNarrowedToTheBackendAndItsThresholds() {
        var rule = new BackendAlerts("https://wiki.example/runbooks")
                .render(shop)
                .getSpec()
                .getGroups()
                .getFirst()
                .getRules()
                .getFirst();

        assertThat(rule.getExpr().getStrVal())
                .contains(
                        "http_request_duration_seconds_bucket{namespace=\"web\",pod=~\"shop-api-[a-z0-9]+-[a-z0-9]+\"}")
                .endsWith("> 0.75");
        assertThat(rule.getFor()).isEqualTo("3m");
        assertThat(rule.getLabels()).containsEntry("severity", "warning").containsEntry("team", "shop");
        assertThat(rule.getAnnotations())
                .containsOnlyKeys("summary", "description", "runbook_url", "dashboard_url")
                .containsEntry(
                        "dashboard_url", "/d/miniplane-backend?var-namespace={{ $labels.namespace }}&var-backend=shop")
                .containsEntry("runbook_url", "https://wiki.example/runbooks/HighRequestLatency.md");
    }

    private static ServerDeployment deployment(Component component) {
        return new ServerDeployment(component, backend -> 1);
    }

    @Test
    void everyObjectIsLabelled() {
        var objects = List.of(
                new BackendServiceAccount().render(shop),
                new BackendConfigMap().render(shop),
                new CredentialsSecret().render(shop),
                new KeysSecret().render(shop),
                deployment(Component.API).render(shop),
                deployment(Component.WORKER).render(shop),
                new BackendService().render(shop),
                new ManagementService(Component.WORKER).render(shop),
                new ApiAutoscaler().render(shop),
                new WorkerAutoscaler().render(shop),
                new DisruptionBudget(Component.WORKER).render(shop),
                new BackendAlerts("https://wiki.example/runbooks").render(shop));

        assertThat(objects)
                .allSatisfy(object -> assertThat(object.getMetadata().getLabels())
                        .containsEntry("app.kubernetes.io/instance", "shop")
                        .containsEntry("miniplane.io/backend", "shop")
                        .containsEntry("app.kubernetes.io/managed-by", "miniplane"));
    }

    @Test
    void credentialsNeverPrintTheirValues() {
        assertThat(shop.toString() + Manifests.CREDENTIALS).doesNotContain("0123456789abcdef0123", "trial");
    }
}

package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.operator.metrics.ResourceMetrics;
import io.miniplane.operator.metrics.ServiceOfThisMachine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The autoscalers of a real controller manager ask a real API server, which asks the operator, which asks pods. */
class ExternalMetricsIT {

    private static final String REGISTRATION = "v1beta1.external.metrics.k8s.io";
    private static final String QUEUE_OF_FOLLOWED =
            "/apis/external.metrics.k8s.io/v1beta1/namespaces/followed/miniplane_queue_messages_ready?labelSelector=backend%3Dshop";
    private static final Map<String, String> IN_CLUSTER = Map.of(
            "MINIPLANE_LEADER_ELECTION", "false",
            "MINIPLANE_SIGNALS_INTERVAL", "1",
            "MINIPLANE_EXTERNAL_METRICS_PORT", "0",
            "POD_NAMESPACE", "miniplane-system");
    private static final Duration A_WHILE = Duration.ofSeconds(60);

    private ControlPlane plane;
    private FakeNode node;
    private RunningOperator operator;
    private ResourceMetrics cpu;

    @BeforeEach
    void start() {
        plane = ControlPlane.shared();
        node = new FakeNode(plane.admin());
        cpu = ResourceMetrics.on(plane.admin(), TellingPod.address());
        operator = RunningOperator.on(plane, IN_CLUSTER);
        ServiceOfThisMachine.create(
                plane.admin(), "miniplane-operator", TellingPod.address(), operator.externalMetricsPort());
    }

    @AfterEach
    void stop() {
        if (plane != null) {
            operator.close();
            plane.admin().apiServices().withName(REGISTRATION).delete();
            cpu.close();
            node.close();
        }
    }

    @Test
    void workersFollowTheirQueueAndStandStillWhileNobodyCanCountIt() throws InterruptedException {
        Shop shop = Shop.in(plane, "queued").withSecrets().applied().ready();
        shop.change("\"stabilizationWindow\":\"5m\"", "\"stabilizationWindow\":\"0s\"");
        shop.change("\"percent\":25", "\"percent\":100");
        shop.change("\"period\":\"1m\"", "\"period\":\"1s\"");
        try (var worker = TellingPod.of(shop, "worker", plane.admin()).waiting(450)) {
            Shop.until("growth", () -> workers(shop) == 5, A_WHILE);
            Shop.until("active", () -> shop.hasCondition("AutoscalingActive", Status.TRUE), A_WHILE);

            worker.silent(true);
            Shop.until("said", () -> shop.hasCondition("AutoscalingActive", Status.FALSE), A_WHILE);
            assertThat(shop.condition("AutoscalingActive").orElseThrow().message())
                    .contains("The queues of backend shop can't be counted", "it answered with status 500");
            Thread.sleep(8000);
            assertThat(workers(shop)).as("while silent").isEqualTo(5);

            worker.waiting(0).silent(false);
            Shop.until("shrinking", () -> workers(shop) == 1, A_WHILE);
            Shop.until("active again", () -> shop.hasCondition("AutoscalingActive", Status.TRUE), A_WHILE);
        }
    }

    @Test
    void anotherProviderIsLeftAloneAndFollowedUntilItIsGone() {
        plane.admin().apiServices().withName(REGISTRATION).delete();
        registerAdapter();
        Shop shop = Shop.in(plane, "others").withSecrets().applied();
        shop.change("\"source\":\"Auto\"", "\"source\":\"Operator\"");
        Shop.until(
                "said",
                () -> shop.condition("AutoscalingActive")
                        .orElseThrow()
                        .message()
                        .contains("served by Service monitoring/adapter, which is left alone: set"
                                + " spec.worker.queue.source to External"),
                A_WHILE);
        assertThat(provider()).isEqualTo("adapter");

        plane.admin().apiServices().withName(REGISTRATION).delete();
        Shop.until("registered", () -> provider().equals("miniplane-operator"), A_WHILE);
        Shop.until(
                "silent about it",
                () -> !shop.condition("AutoscalingActive")
                        .orElseThrow()
                        .message()
                        .contains("adapter"),
                A_WHILE);
    }

    @Test
    void onlyTheApiServerIsAnswered() throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new AnyServer()}, null);
        try (var http = HttpClient.newBuilder().sslContext(trusting).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://%s:%d/apis/external.metrics.k8s.io/v1beta1"
                            .formatted(TellingPod.address(), operator.externalMetricsPort())))
                    .build();
            assertThatThrownBy(() -> http.send(request, BodyHandlers.discarding()))
                    .isInstanceOf(IOException.class);
        }
        Shop.in(plane, "asked").withSecrets().applied();
        Shop.until(
                "through the API server",
                () -> plane.admin()
                        .raw("/apis/external.metrics.k8s.io/v1beta1")
                        .contains("miniplane_queue_messages_ready"),
                A_WHILE);
    }

    @Test
    void anOperatorThatDoesNotLeadAnswersToo() {
        operator.close();
        try (var _ = RunningOperator.on(plane, electing("leads"))) {
            Shop.until("leader", () -> "leads".equals(leader()), A_WHILE);
            operator = RunningOperator.on(plane, electing("follows"));
            ServiceOfThisMachine.create(
                    plane.admin(), "miniplane-operator", TellingPod.address(), operator.externalMetricsPort());
            Shop shop = Shop.in(plane, "followed").withSecrets().applied();
            try (var _ = TellingPod.of(shop, "worker", plane.admin()).waiting(7)) {
                Shop.until("answer", () -> plane.admin().raw(QUEUE_OF_FOLLOWED).contains("\"value\":\"7\""), A_WHILE);
            }
            assertThat(leader()).isEqualTo("leads");
        }
    }

    private static Map<String, String> electing(String name) {
        var environment = new HashMap<>(IN_CLUSTER);
        environment.put("MINIPLANE_LEADER_ELECTION", "true");
        environment.put("POD_NAME", name);
        return environment;
    }

    private String leader() {
        return plane.admin()
                .leases()
                .inNamespace("miniplane-system")
                .withName("miniplane-operator")
                .get()
                .getSpec()
                .getHolderIdentity();
    }

    /** Also over a registration that the operator made at the last moment for backends of other tests. */
    private void registerAdapter() {
        plane.admin()
                .resource(new APIServiceBuilder()
                        .withNewMetadata()
                        .withName(REGISTRATION)
                        .endMetadata()
                        .withNewSpec()
                        .withGroup("external.metrics.k8s.io")
                        .withVersion("v1beta1")
                        .withGroupPriorityMinimum(100)
                        .withVersionPriority(100)
                        .withNewService()
                        .withName("adapter")
                        .withNamespace("monitoring")
                        .withPort(443)
                        .endService()
                        .endSpec()
                        .build())
                .fieldManager("adapter")
                .forceConflicts()
                .serverSideApply();
    }

    private String provider() {
        return plane.admin()
                .apiServices()
                .withName(REGISTRATION)
                .get()
                .getSpec()
                .getService()
                .getName();
    }

    private static int workers(Shop shop) {
        return shop.object(Deployment.class, "shop-worker").get().getSpec().getReplicas();
    }

    private static final class AnyServer extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

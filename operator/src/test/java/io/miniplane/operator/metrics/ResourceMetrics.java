package io.miniplane.operator.metrics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Stands in for metrics-server, which needs nodes: says that every pod is next to idle. */
public final class ResourceMetrics implements AutoCloseable {

    private static final String NAME = "v1beta1.metrics.k8s.io";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpsServer server;
    private final KubernetesClient client;

    private ResourceMetrics(HttpsServer server, KubernetesClient client) {
        this.server = server;
        this.client = client;
    }

    /** Starts it and registers it with the API server. */
    public static ResourceMetrics on(KubernetesClient client, String address) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls()));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            var metrics = new ResourceMetrics(server, client);
            server.createContext("/", metrics::answer);
            server.start();
            ServiceOfThisMachine.create(
                    client, "resource-metrics", address, server.getAddress().getPort());
            client.resource(new APIServiceBuilder()
                            .withNewMetadata()
                            .withName(NAME)
                            .endMetadata()
                            .withNewSpec()
                            .withGroup("metrics.k8s.io")
                            .withVersion("v1beta1")
                            .withGroupPriorityMinimum(100)
                            .withVersionPriority(100)
                            .withInsecureSkipTLSVerify(true)
                            .withNewService()
                            .withName("resource-metrics")
                            .withNamespace("miniplane-system")
                            .withPort(443)
                            .endService()
                            .endSpec()
                            .build())
                    .create();
            return metrics;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.apiServices().withName(NAME).delete();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            Map<String, Object> body = path.length == 7 && path[6].equals("pods")
                    ? pods(
                            path[5],
                            URLDecoder.decode(
                                    query.replaceFirst(".*labelSelector=([^&]*).*", "$1"), StandardCharsets.UTF_8))
                    : Map.of(
                            "kind",
                            "APIResourceList",
                            "apiVersion",
                            "v1",
                            "groupVersion",
                            "metrics.k8s.io/v1beta1",
                            "resources",
                            List.of());
            byte[] json = JSON.writeValueAsBytes(body);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
        }
    }

    private Map<String, Object> pods(String namespace, String selector) {
        return Map.of(
                "kind",
                "PodMetricsList",
                "apiVersion",
                "metrics.k8s.io/v1beta1",
                "metadata",
                Map.of(),
                "items",
                client.pods().inNamespace(namespace).withLabelSelector(selector).list().getItems().stream()
                        .map(ResourceMetrics::idle)
                        .toList());
    }

    private static Map<String, Object> idle(Pod pod) {
        return Map.of(
                "metadata",
                        Map.of(
                                "name",
                                pod.getMetadata().getName(),
                                "namespace",
                                pod.getMetadata().getNamespace()),
                "timestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                "window", "1s",
                "containers",
                        pod.getSpec().getContainers().stream()
                                .map(container -> Map.of(
                                        "name", container.getName(), "usage", Map.of("cpu", "1m", "memory", "10Mi")))
                                .toList());
    }

    private static SSLContext tls() {
        try {
            var made = ServingCertificate.create("resource-metrics", Instant.now(), Duration.ofDays(1));
            KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
            char[] password = {};
            keys.load(null, password);
            keys.setKeyEntry("serving", made.key(), password, new Certificate[] {made.certificate()});
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

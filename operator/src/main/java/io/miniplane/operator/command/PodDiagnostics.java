package io.miniplane.operator.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What the servers of a backend know of themselves, asked through the port-forwarding of the API server with the rights of whoever asks. */
final class PodDiagnostics {

    private static final int MANAGEMENT_PORT = 8081;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Map<String, String> LABEL = Map.of("app.kubernetes.io/name", "miniplane-backend");

    private final Table servers =
            new Table("POD", "ROLE", "VERSION", "DATABASE", "BROKER", "POOL", "QUEUES", "KEYS", "BREAKERS", "TRACES");
    private final Table settings = new Table("SETTING", "VALUE");
    private final Table failures = new Table("FAILED AT", "POD", "TRACE", "WHAT", "CAUSES");
    private final List<String> silent = new ArrayList<>();
    private @Nullable JsonNode configuration;

    /** Asks every running pod of the backend; one that can't be asked holds up none of the others. */
    void ask(String backend, String namespace, KubernetesClient client) {
        client
                .pods()
                .inNamespace(namespace)
                .withLabels(LABEL)
                .withLabel("app.kubernetes.io/instance", backend)
                .list()
                .getItems()
                .stream()
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .forEach(pod -> ask(pod, client));
    }

    private void ask(Pod pod, KubernetesClient client) {
        String name = pod.getMetadata().getName();
        try (LocalPortForward way = client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(name)
                .portForward(MANAGEMENT_PORT)) {
            add(name, URI.create("http://127.0.0.1:" + way.getLocalPort()));
        } catch (KubernetesClientException | IOException refused) {
            silent.add(name + " can't be asked, which needs the right to get and create pods/portforward: "
                    + refused.getMessage());
        }
    }

    /** Asks the server whose management port is there. */
    void add(String pod, URI server) throws IOException {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(server.resolve("/internal/diagnostics"))
                    .timeout(PATIENCE)
                    .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                silent.add(pod + " does not tell: it answers " + answer.statusCode());
                return;
            }
            add(pod, Serialization.unmarshal(answer.body(), JsonNode.class));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private void add(String pod, JsonNode told) {
        JsonNode signals = told.path("signals");
        JsonNode pool = told.path("pool");
        servers.add(
                pod,
                signals.path("role").asText("-").toLowerCase(Locale.ROOT),
                told.at("/program/version").asText("-"),
                signals.path("database").asText("-"),
                signals.path("broker").asText("-"),
                pool.path("acquired").asText("-") + "/" + pool.path("most").asText("-"),
                joined(
                        signals.path("queues"),
                        queue -> queue.path("name").asText() + "="
                                + queue.path("ready").asText("?")),
                joined(
                        signals.path("keys"),
                        key -> key.path("keyset").asText() + "="
                                + key.path("primary").asText()),
                breakers(told.path("breakers")),
                traces(told.path("traces")));
        told.path("failures")
                .forEach(failure -> failures.add(
                        failure.path("at").asText(),
                        pod,
                        failure.path("traceId").asText(),
                        failure.path("what").asText(),
                        joined(failure.path("causes"), JsonNode::asText)));
        if (configuration == null) {
            configuration = told.path("configuration");
            configuration
                    .properties()
                    .forEach(setting ->
                            settings.add(setting.getKey(), setting.getValue().asText()));
        }
    }

    private static String joined(JsonNode list, Function<JsonNode, String> text) {
        String joined =
                StreamSupport.stream(list.spliterator(), false).map(text).collect(Collectors.joining(","));
        return joined.isEmpty() ? "-" : joined;
    }

    /** Those that are not closed. */
    private static String breakers(JsonNode all) {
        Stream<String> open = all.properties().stream()
                .filter(breaker -> !breaker.getValue().asText().equals("closed"))
                .map(breaker -> breaker.getKey() + "=" + breaker.getValue().asText());
        String joined = open.collect(Collectors.joining(","));
        return joined.isEmpty() ? "closed" : joined;
    }

    private static String traces(JsonNode traces) {
        if (traces.isMissingNode()) {
            return "off";
        }
        String counts = "%d, %d lost"
                .formatted(traces.path("exported").asLong(), traces.path("lost").asLong());
        return traces.path("isFailing").asBoolean() ? "failing: " + counts : counts;
    }

    void print(PrintWriter out) {
        Stream.of(servers, settings, failures).forEach(table -> {
            out.println();
            table.print(out);
        });
        silent.forEach(out::println);
    }
}

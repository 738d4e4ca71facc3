package io.miniplane.operator;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The real program, which scrapes programs of this machine and evaluates rules every second. */
final class Prometheus implements AutoCloseable {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Process process;
    private final URI address;

    private Prometheus(Path folder, Process process, URI address) {
        this.folder = folder;
        this.process = process;
        this.address = address;
    }

    /**
     * What is scraped.
     *
     * @param port of this machine
     * @param labels what a discovery knows of it, {@code __meta_…} too
     * @param relabelings what becomes of them, as a configuration of Prometheus writes it
     */
    record Target(int port, Map<String, String> labels, List<Map<String, Object>> relabelings) {}

    /**
     * Starts one; without the program the test fails in CI and is skipped elsewhere.
     *
     * @param rules files of rules by their names
     */
    static Prometheus start(List<Target> targets, Map<String, String> rules) {
        Promtool.require("prometheus");
        try {
            Path folder = Files.createTempDirectory("prometheus");
            for (var file : rules.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            Path configuration = Files.writeString(
                    folder.resolve("prometheus.yml"), Serialization.asYaml(configuration(targets, rules)));
            int port = Program.freePort();
            Process process = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + configuration,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port,
                            "--enable-feature=exemplar-storage")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            var prometheus = new Prometheus(folder, process, URI.create("http://127.0.0.1:" + port));
            await("Prometheus is ready: see " + folder)
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Web.statusOf(prometheus.address.resolve("/-/ready")) == 200);
            return prometheus;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> configuration(List<Target> targets, Map<String, String> rules) {
        var scrapes = new ArrayList<Map<String, Object>>();
        for (Target target : targets) {
            scrapes.add(Map.of(
                    "job_name",
                    "port-" + target.port(),
                    "metrics_path",
                    "/metrics",
                    "relabel_configs",
                    target.relabelings(),
                    "static_configs",
                    List.of(Map.of("targets", List.of("127.0.0.1:" + target.port()), "labels", target.labels()))));
        }
        return Map.of(
                "global", Map.of("scrape_interval", "1s", "scrape_timeout", "1s", "evaluation_interval", "1s"),
                "rule_files", List.copyOf(rules.keySet()),
                "scrape_configs", scrapes);
    }

    /** The series that an expression has now; each has {@code metric} and {@code value}. */
    JsonNode query(String expression) {
        return data("query", Map.of("query", expression)).path("result");
    }

    /** The series that an expression had over a time; each has {@code metric} and {@code values}. */
    JsonNode query(String expression, Instant from, Instant to, Duration step) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("query", expression);
        parameters.put("start", seconds(from));
        parameters.put("end", seconds(to));
        parameters.put("step", step.toMillis() / 1000.0 + "");
        return data("query_range", parameters).path("result");
    }

    /** The traces behind the series of an expression. */
    JsonNode exemplars(String expression, Instant from, Instant to) {
        return data("query_exemplars", Map.of("query", expression, "start", seconds(from), "end", seconds(to)));
    }

    /** The values that a label has among series. */
    JsonNode labelValues(String label, String series) {
        return data("label/" + label + "/values", Map.of("match[]", series));
    }

    /** All rules and how they are. */
    List<JsonNode> rules() {
        var rules = new ArrayList<JsonNode>();
        data("rules", new HashMap<>())
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private JsonNode data(String call, Map<String, String> parameters) {
        String form = parameters.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        try {
            HttpResponse<String> response = CLIENT.send(
                    HttpRequest.newBuilder(address.resolve("/api/v1/" + call + "?" + form))
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            if (!"success".equals(answer.path("status").asText())) {
                throw new IllegalArgumentException(parameters + ": " + response.body());
            }
            return answer.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String seconds(Instant moment) {
        return String.valueOf(moment.toEpochMilli() / 1000.0);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}

package io.miniplane.operator.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows how backends are, and what is wrong with those that are not well.",
        footer = {"", "Exit codes: 0 all are ready and well, 2 some are not, 1 it can't be told."})
final class StatusCommand implements Callable<Integer> {

    private static final int NOT_WELL = 2;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "backends of all namespaces")
    private boolean everywhere;

    @Option(
            names = "--diagnostics",
            description =
                    "with NAME: also what its pods know of themselves; needs the right to get and create pods/portforward")
    private boolean isDiagnosing;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "waits until all that would be shown are ready and well, at most so long")
    private int patience;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "one backend, with all its conditions")
    private @Nullable String name;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (KubernetesClient client = cluster.connect()) {
            List<JsonNode> backends = read(client);
            Instant end = Clock.systemUTC().instant().plusSeconds(patience);
            while (!areWell(backends) && Clock.systemUTC().instant().isBefore(end)) {
                Thread.sleep(PAUSE);
                backends = read(client);
            }
            if (backends.isEmpty()) {
                out.println(
                        "There is no backend in " + (everywhere ? "any namespace." : cluster.namespace(client) + "."));
                return 0;
            }
            table(backends).print(out);
            if (name != null) {
                out.println();
                conditions(backends.getFirst()).print(out);
                if (isDiagnosing) {
                    diagnose(backends.getFirst(), client).print(out);
                }
            }
            backends.forEach(backend -> troubles(backend, out));
            return areWell(backends) ? 0 : NOT_WELL;
        }
    }

    private static PodDiagnostics diagnose(JsonNode backend, KubernetesClient client) {
        var diagnostics = new PodDiagnostics();
        diagnostics.ask(
                backend.at("/metadata/name").asText(),
                backend.at("/metadata/namespace").asText(),
                client);
        return diagnostics;
    }

    private List<JsonNode> read(KubernetesClient client) {
        return find(client).stream()
                .map(backend -> Serialization.unmarshal(Serialization.asJson(backend), JsonNode.class))
                .toList();
    }

    private static boolean areWell(List<JsonNode> backends) {
        return backends.stream().allMatch(StatusCommand::isWell);
    }

    private List<GenericKubernetesResource> find(KubernetesClient client) {
        var kind = Backends.in(client);
        if (everywhere) {
            return kind.inAnyNamespace().list().getItems().stream()
                    .filter(backend ->
                            name == null || name.equals(backend.getMetadata().getName()))
                    .toList();
        }
        String namespace = cluster.namespace(client);
        if (name == null) {
            return kind.inNamespace(namespace).list().getItems();
        }
        return List.of(Backends.require(name, namespace, client));
    }

    private static Table table(List<JsonNode> backends) {
        var table = new Table(
                "NAMESPACE", "NAME", "READY", "API", "WORKERS", "QUEUE", "TIER", "CANARY", "KEY-AGE", "IMAGE", "AGE");
        backends.forEach(backend -> {
            JsonNode status = backend.path("status");
            table.add(
                    backend.at("/metadata/namespace").asText(),
                    backend.at("/metadata/name").asText(),
                    condition(backend, "Ready").path("status").asText("-"),
                    status.at("/api/ready").asText("-"),
                    status.at("/worker/readyReplicas").asText("-"),
                    status.at("/worker/queueLength").asText("-"),
                    status.at("/api/tier").asText("-"),
                    canary(status.path("rollout")),
                    age(status.at("/keys/rotatedAt").asText()),
                    status.path("image").asText("-"),
                    age(backend.at("/metadata/creationTimestamp").asText()));
        });
        return table;
    }

    private static String canary(JsonNode rollout) {
        return rollout.isMissingNode()
                ? "-"
                : "%d/%d %d%%"
                        .formatted(
                                rollout.path("step").asInt(),
                                rollout.path("steps").asInt(),
                                rollout.path("weight").asInt());
    }

    private static Table conditions(JsonNode backend) {
        var table = new Table("CONDITION", "STATUS", "REASON", "SINCE", "MESSAGE");
        backend.at("/status/conditions")
                .forEach(condition -> table.add(
                        condition.path("type").asText(),
                        condition.path("status").asText(),
                        condition.path("reason").asText(),
                        age(condition.path("lastTransitionTime").asText()),
                        condition.path("message").asText()));
        return table;
    }

    private static void troubles(JsonNode backend, PrintWriter out) {
        String prefix = backend.at("/metadata/name").asText() + ": ";
        if (!backend.at("/status/observedGeneration").isNumber()) {
            out.println(prefix + "no operator has looked at it yet");
            return;
        }
        if (backend.at("/status/observedGeneration").asLong()
                < backend.at("/metadata/generation").asLong()) {
            out.println(prefix + "the operator has not followed the last change of the manifest yet");
        }
        var said = new ArrayList<String>();
        Stream.of("Degraded", "Ready", "CredentialsValid", "KeysReady", "DatabaseReady", "AutoscalingActive")
                .map(type -> condition(backend, type))
                .filter(StatusCommand::isTrouble)
                .map(condition -> condition.path("message").asText())
                .filter(message -> said.stream().noneMatch(before -> before.contains(message)))
                .forEach(said::add);
        said.forEach(message -> out.println(prefix + message));
    }

    private static boolean isWell(JsonNode backend) {
        return condition(backend, "Ready").path("status").asText().equals("True")
                && !isTrouble(condition(backend, "Degraded"));
    }

    private static boolean isTrouble(JsonNode condition) {
        String bad = condition.path("type").asText().equals("Degraded") ? "True" : "False";
        return condition.path("status").asText().equals(bad);
    }

    private static JsonNode condition(JsonNode backend, String type) {
        for (JsonNode condition : backend.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return MissingNode.getInstance();
    }

    private static String age(String since) {
        if (since.isEmpty()) {
            return "-";
        }
        Duration age = Duration.between(Instant.parse(since), Clock.systemUTC().instant());
        if (age.toDays() > 1) {
            return age.toDays() + "d";
        }
        if (age.toHours() > 1) {
            return age.toHours() + "h";
        }
        return age.toMinutes() > 1 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
    }
}

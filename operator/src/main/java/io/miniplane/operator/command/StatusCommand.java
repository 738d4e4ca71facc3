package io.miniplane.operator.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
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

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "backends of all namespaces")
    private boolean everywhere;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "one backend, with all its conditions")
    private @Nullable String name;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (KubernetesClient client = cluster.connect()) {
            List<JsonNode> backends = find(client).stream()
                    .map(backend -> Serialization.unmarshal(Serialization.asJson(backend), JsonNode.class))
                    .toList();
            if (backends.isEmpty()) {
                out.println(
                        "There is no backend in " + (everywhere ? "any namespace." : cluster.namespace(client) + "."));
                return 0;
            }
            table(backends).print(out);
            if (name != null) {
                out.println();
                conditions(backends.getFirst()).print(out);
            }
            backends.forEach(backend -> troubles(backend, out));
            return backends.stream().allMatch(StatusCommand::isWell) ? 0 : NOT_WELL;
        }
    }

    private List<GenericKubernetesResource> find(KubernetesClient client) {
        var kind = client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup("miniplane.io")
                .withVersion("v1alpha1")
                .withKind("MiniProgramBackend")
                .withPlural("miniprogrambackends")
                .withNamespaced(true)
                .build());
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
        GenericKubernetesResource one =
                kind.inNamespace(namespace).withName(name).get();
        if (one == null) {
            throw new RefusedException(
                    "There is no backend %s in namespace %s: name another, or another namespace with -n"
                            .formatted(name, namespace));
        }
        return List.of(one);
    }

    private static Table table(List<JsonNode> backends) {
        var table = new Table("NAMESPACE", "NAME", "READY", "API", "WORKERS", "QUEUE", "TIER", "IMAGE", "AGE");
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
                    status.path("image").asText("-"),
                    age(backend.at("/metadata/creationTimestamp").asText()));
        });
        return table;
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

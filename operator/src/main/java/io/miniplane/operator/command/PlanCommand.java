package io.miniplane.operator.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.operator.backend.BackendPlan;
import io.miniplane.operator.objects.Planned;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Shows what applying manifests would create, change and delete, and does none of it.",
        footer = {
            "",
            "The spec of a backend that exists is compared as if the manifest replaced it.",
            "Secrets among the documents count as if they were applied; their values are never shown.",
            "Exit codes: 0 nothing would change, 2 something would, 1 it can't be told or would not work."
        })
final class PlanCommand implements Callable<Integer> {

    private static final int CHANGES = 2;
    private static final List<String> OF_THE_SERVER =
            List.of("managedFields", "resourceVersion", "uid", "generation", "creationTimestamp", "selfLink");

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            required = true,
            description = "manifest of one or more documents, or - for the standard input; may be repeated")
    private final List<String> files = new ArrayList<>();

    @Option(
            names = "--server-image",
            paramLabel = "IMAGE",
            defaultValue = "${env:MINIPLANE_SERVER_IMAGE}",
            description = "image of backends that name none and don't run yet; unless given, $MINIPLANE_SERVER_IMAGE, "
                    + "else the version of this program")
    private @Nullable String serverImage;

    @Option(
            names = "--runbooks",
            paramLabel = "URL",
            defaultValue = "${env:MINIPLANE_RUNBOOK_BASE_URL:-alerts/runbooks}",
            description = "where the operator's alerts send people; unless given, $MINIPLANE_RUNBOOK_BASE_URL, else "
                    + "alerts/runbooks")
    private String runbooks = "alerts/runbooks";

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (KubernetesClient client = cluster.connect()) {
            var manifests = ManifestFiles.read(files, cluster.namespace(client));
            var plan = new BackendPlan(client, serverImage(), runbooks);
            int changes = manifests.backends().stream()
                    .mapToInt(backend -> print(
                            plan.of(
                                    backend,
                                    manifests.secretsIn(backend.getMetadata().getNamespace())),
                            out))
                    .sum();
            out.println(changes == 0 ? "Nothing would change." : "Nothing was changed: this is a plan.");
            return changes == 0 ? 0 : CHANGES;
        }
    }

    private String serverImage() {
        return serverImage == null || serverImage.isBlank()
                ? "miniplane/api-server:" + MiniplaneCommand.version().orElse("latest")
                : serverImage;
    }

    private static int print(List<Planned> plan, PrintWriter out) {
        int changes = 0;
        for (Planned object : plan) {
            String what = object.subject().getKind() + " "
                    + object.subject().getMetadata().getName();
            List<String> difference = difference(object);
            if (object.before() == null) {
                out.println("+ " + what + " would be created");
            } else if (object.after() == null) {
                out.println("- " + what + " would be deleted");
            } else if (!difference.isEmpty()) {
                out.println("~ " + what + " would be changed");
                difference.forEach(line -> out.println("    " + line));
            } else {
                continue;
            }
            changes++;
        }
        return changes;
    }

    private static List<String> difference(Planned object) {
        if (object.before() == null || object.after() == null) {
            return List.of();
        }
        JsonNode before = comparable(object.before());
        JsonNode after = comparable(object.after());
        if ("Secret".equals(object.subject().getKind())) {
            mask(before.path("data"), after.path("data"));
        }
        return FieldDiff.between(before, after);
    }

    private static JsonNode comparable(HasMetadata object) {
        ObjectNode json = Serialization.unmarshal(Serialization.asJson(object), ObjectNode.class);
        json.remove("status");
        if (json.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(OF_THE_SERVER);
        }
        return json;
    }

    /** Leaves only which values differ. */
    private static void mask(JsonNode before, JsonNode after) {
        List.copyOf(after.properties()).forEach(entry -> {
            JsonNode was = before.path(entry.getKey());
            boolean differs = !was.isMissingNode() && !was.equals(entry.getValue());
            ((ObjectNode) after).put(entry.getKey(), differs ? "(hidden, another value)" : "(hidden)");
        });
        List.copyOf(before.properties()).forEach(entry -> ((ObjectNode) before).put(entry.getKey(), "(hidden)"));
    }
}

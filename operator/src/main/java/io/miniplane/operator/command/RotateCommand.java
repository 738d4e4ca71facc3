package io.miniplane.operator.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.operator.rotation.KeyRotations;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = "Asks the operator to replace the keys of a backend.",
        footer = {"", "Exit codes: 0 it is asked, 1 it can't be."})
final class RotateCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Parameters(paramLabel = "NAME", description = "the backend")
    private String name = "";

    @Override
    public Integer call() {
        try (KubernetesClient client = cluster.connect()) {
            String namespace = cluster.namespace(client);
            GenericKubernetesResource backend = Backends.require(name, namespace, client);
            Backends.annotate(name, namespace, KeyRotations.ANNOTATION, KeyRotations.NOW, client);
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getOut()
                    .println(answer(Serialization.unmarshal(Serialization.asJson(backend), JsonNode.class)));
            return 0;
        }
    }

    private String answer(JsonNode before) {
        if (before.at("/spec/paused").asBoolean()) {
            return "New keys of %s are asked for; they come when its spec.paused is no longer true.".formatted(name);
        }
        return switch (before.at("/status/keys/phase").asText()) {
            case "Introduced" ->
                "New keys of %s are being introduced already; they are what you ask for.".formatted(name);
            case "Primary", "Retired" ->
                "The keys of %s are being replaced; when that is over they are replaced again.".formatted(name);
            default ->
                "The keys of %s will be replaced; `miniplane status %s` shows how it goes.".formatted(name, name);
        };
    }
}

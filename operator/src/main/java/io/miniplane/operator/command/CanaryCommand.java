package io.miniplane.operator.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.operator.backend.CanaryWish;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks something of the canary of a backend, by the annotation that the operator follows. */
abstract sealed class CanaryCommand implements Callable<Integer> {

    private final CanaryWish wish;
    private final String consequence;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Parameters(paramLabel = "NAME", description = "the backend")
    private String name = "";

    CanaryCommand(CanaryWish wish, String consequence) {
        this.wish = wish;
        this.consequence = consequence;
    }

    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            description = "Ends the step of a canary: the next one begins, or after the last all pods follow.",
            footer = {"", "Exit codes: 0 the operator was asked, 1 no canary runs or it can't be asked."})
    static final class Promote extends CanaryCommand {
        Promote() {
            super(CanaryWish.PROMOTE, "ends");
        }
    }

    @Command(
            name = "abort",
            mixinStandardHelpOptions = true,
            description = "Ends a canary: all traffic goes back, and its version is not tried again.",
            footer = {"", "Exit codes: 0 the operator was asked, 1 no canary runs or it can't be asked."})
    static final class Abort extends CanaryCommand {
        Abort() {
            super(CanaryWish.ABORT, "is given up, and all traffic goes back");
        }
    }

    @Override
    public Integer call() {
        try (KubernetesClient client = cluster.connect()) {
            String namespace = cluster.namespace(client);
            JsonNode canary = Serialization.unmarshal(
                            Serialization.asJson(Backends.require(name, namespace, client)), JsonNode.class)
                    .at("/status/rollout");
            if (canary.isMissingNode()) {
                throw new RefusedException(
                        "No canary of %s runs: `miniplane status %s` says what does".formatted(name, name));
            }
            Backends.annotate(
                    name,
                    namespace,
                    wish.annotation(),
                    Clock.systemUTC().instant().toString(),
                    client);
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getOut()
                    .println("%s: step %d of %d of the canary of image %s %s"
                            .formatted(
                                    name,
                                    canary.path("step").asInt(),
                                    canary.path("steps").asInt(),
                                    canary.path("image").asText(),
                                    consequence));
            return 0;
        }
    }
}

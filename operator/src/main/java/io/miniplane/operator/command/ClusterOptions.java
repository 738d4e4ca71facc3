package io.miniplane.operator.command;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster and namespace a command is about, in the words of kubectl. */
final class ClusterOptions {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "kubeconfig to use; unless given, the one that kubectl uses")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "context of the kubeconfig to use")
    private @Nullable String context;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "namespace; unless given, that of the context")
    private @Nullable String namespace;

    KubernetesClient connect() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config())
                        .withUserAgent("miniplane-command")
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    /** The namespace of objects that name none. */
    String namespace(KubernetesClient client) {
        return namespace != null
                ? namespace
                : Objects.requireNonNullElse(client.getConfiguration().getNamespace(), "default");
    }

    private String inContext(String text) {
        if (context == null) {
            return text;
        }
        var all = Serialization.unmarshal(text, io.fabric8.kubernetes.api.model.Config.class);
        all.setCurrentContext(context);
        return Serialization.asYaml(all);
    }

    private Config config() {
        if (kubeconfig == null) {
            return Config.autoConfigure(context);
        }
        try {
            return Config.fromKubeconfig(inContext(Files.readString(kubeconfig)), kubeconfig.toFile());
        } catch (IOException e) {
            throw new RefusedException("%s can't be read: name a kubeconfig with --kubeconfig".formatted(kubeconfig));
        }
    }
}

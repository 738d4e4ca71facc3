package io.miniplane.crd;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real kube-apiserver with its etcd, for the tests of one class. */
public final class ApiServer implements AutoCloseable {

    private static final String DEFINITION = "META-INF/fabric8/miniprogrambackends.miniplane.io-v1.yml";

    private static final String MISSING =
            "kube-apiserver is not on this machine. Run .ci/kubernetes/build once, then these tests run.";

    private final KubeAPIServer server;
    private final KubernetesClient client;

    private ApiServer(KubeAPIServer server) {
        this.server = server;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
                .build();
    }

    /** Starts one that knows MiniProgramBackends. */
    public static ApiServer start() {
        var version =
                programs().map(directory -> directory.getFileName().toString().split("-", 2)[0]);
        var server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(true)
                .withUpdateKubeConfig(false)
                .withApiServerVersion(version.orElseThrow(() -> new IllegalStateException(MISSING)))
                .build());
        server.start();
        var started = new ApiServer(server);
        try {
            started.learnDefinition();
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /**
     * Whether tests can have a server, for {@code @EnabledIf}. Where they can't, this says so aloud; in CI the answer is
     * always yes, so that the start fails.
     */
    public static boolean isAvailable() {
        if (programs().isPresent() || "true".equals(System.getenv("CI"))) {
            return true;
        }
        System.err.println("Skipped: " + MISSING);
        return false;
    }

    /** A client with all rights. */
    public KubernetesClient client() {
        return client;
    }

    /** The kubeconfig of a user with all rights. */
    public String kubeconfig() {
        return server.getKubeConfigYaml();
    }

    /** The directory with kube-apiserver, etcd and kubectl, if the machine has them. */
    public static Optional<Path> programs() {
        var home = Optional.ofNullable(System.getenv("KUBE_API_TEST_DIR"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".kubeapitest"));
        if (!Files.isDirectory(home.resolve("k8s"))) {
            return Optional.empty();
        }
        try (var versions = Files.list(home.resolve("k8s"))) {
            return versions.filter(version -> Files.isExecutable(version.resolve("kube-apiserver")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new IllegalStateException("Can't look for Kubernetes in " + home, e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.stop();
    }

    private void learnDefinition() {
        try (var definition = ApiServer.class.getClassLoader().getResourceAsStream(DEFINITION)) {
            var definitions = client.apiextensions().v1().customResourceDefinitions();
            var created =
                    definitions.resource(definitions.load(definition).item()).create();
            definitions.resource(created).waitUntilCondition(ApiServer::established, 20, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new IllegalStateException("Can't read " + DEFINITION, e);
        }
    }

    private static boolean established(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Established".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}

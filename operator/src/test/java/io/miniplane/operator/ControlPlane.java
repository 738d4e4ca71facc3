package io.miniplane.operator;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.metrics.FrontProxyCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real API server with etcd and the controllers that act on Deployments, autoscalers and owners, shared by all tests.
 * There are no nodes: {@link FakeNode} makes pods ready.
 */
public final class ControlPlane implements AutoCloseable {

    private static final Path DEFINITION = Path.of("../crds/miniprogrambackends.miniplane.io-v1.yml");
    private static final Path RIGHTS = Path.of("src/main/kubernetes/rbac.yaml");
    private static final String CONTROLLERS =
            "deployment-controller,replicaset-controller,garbage-collector-controller,"
                    + "horizontal-pod-autoscaler-controller,disruption-controller,namespace-controller";

    private static ControlPlane shared;

    private final Path directory;
    private final KubeAPIServer server;
    private final Optional<Process> controllers;
    private final KubernetesClient admin;
    private final AuditLog audit;

    private ControlPlane(Path programs, boolean controlled, List<String> flags) throws IOException {
        directory = Files.createTempDirectory("control-plane");
        audit = AuditLog.in(directory);
        server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(true)
                .withUpdateKubeConfig(false)
                .withApiServerVersion(programs.getFileName().toString().split("-", 2)[0])
                .withApiServerFlags(Stream.of(
                                flags,
                                audit.serverFlags(),
                                FrontProxyCertificate.in(directory).serverFlags())
                        .flatMap(List::stream)
                        .toList())
                .build());
        server.start();
        admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig()))
                .build();
        controllers = controlled
                ? Optional.of(startControllers(programs.resolve("kube-controller-manager")))
                : Optional.empty();
    }

    /** The one that all tests of this JVM share, each in namespaces of its own; what backends were left there are gone. */
    public static synchronized ControlPlane shared() {
        if (shared == null) {
            shared = start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        shared.forgetBackends();
        return shared;
    }

    private void forgetBackends() {
        var backends = admin.resources(MiniProgramBackend.class).inAnyNamespace();
        backends.delete();
        Shop.until("no backends", () -> backends.list().getItems().isEmpty(), Duration.ofSeconds(30));
    }

    /** Starts one; without the programs the test fails in CI and is skipped elsewhere. */
    public static ControlPlane start() {
        return start(true, List.of());
    }

    /** Starts one in which whoever makes a backend the owner of an object needs the right to hold up its deletion. */
    static ControlPlane thatGuardsOwners() {
        return start(true, List.of("--enable-admission-plugins=OwnerReferencesPermissionEnforcement"));
    }

    /** Starts one in which nobody acts on Deployments, autoscalers and owners. */
    public static ControlPlane withoutControllers() {
        return start(false, List.of());
    }

    /** Starts one that knows nothing of Miniplane yet. */
    static ControlPlane thatKnowsNothing() {
        Path programs = programs().orElseGet(ControlPlane::missing);
        try {
            return new ControlPlane(programs, true, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ControlPlane start(boolean controlled, List<String> flags) {
        Path programs = programs().orElseGet(ControlPlane::missing);
        try {
            var plane = new ControlPlane(programs, controlled, flags);
            plane.prepare();
            return plane;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client with all rights. */
    public KubernetesClient admin() {
        return admin;
    }

    /** The kubeconfig of a user with all rights. */
    public String kubeconfig() {
        return server.getKubeConfigYaml();
    }

    /** Connects as the operator's ServiceAccount, with the rights of {@code rbac.yaml} and no others. */
    public Config operatorConfig() {
        Config config = Config.fromKubeconfig(kubeconfig());
        config.setImpersonateUsername("system:serviceaccount:miniplane-system:miniplane-operator");
        config.setImpersonateGroups("system:serviceaccounts", "system:authenticated");
        return config;
    }

    /** The rights of {@code rbac.yaml}, one by one. */
    static List<Right> rights() {
        try (var rights = Files.newInputStream(RIGHTS)) {
            List<HasMetadata> objects = new KubernetesSerialization().unmarshal(rights);
            return Right.in(objects);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the API server was asked to do. */
    public AuditLog audit() {
        return audit;
    }

    /** Makes a namespace whose pods must keep to the restricted standard. */
    public void createNamespace(String name) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    @Override
    public void close() {
        admin.close();
        controllers.ifPresent(Process::destroy);
        server.stop();
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> programs() {
        var home = Optional.ofNullable(System.getenv("KUBE_API_TEST_DIR"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".kubeapitest"));
        if (!Files.isDirectory(home.resolve("k8s"))) {
            return Optional.empty();
        }
        try (var versions = Files.list(home.resolve("k8s"))) {
            return versions.filter(version -> Files.isExecutable(version.resolve("kube-controller-manager")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path missing() {
        String message = "kube-apiserver, etcd and kube-controller-manager are not in ~/.kubeapitest/k8s/<version>:"
                + " .ci/kubernetes/build makes them";
        if ("true".equals(System.getenv("CI"))) {
            fail(message);
        }
        return abort(message);
    }

    private Process startControllers(Path program) throws IOException {
        Path kubeconfig = Files.writeString(directory.resolve("kubeconfig"), kubeconfig());
        var command = List.of(
                program.toString(),
                "--kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig,
                "--controllers=" + CONTROLLERS,
                "--leader-elect=false",
                "--horizontal-pod-autoscaler-sync-period=2s",
                "--secure-port=0");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("controllers.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private void prepare() throws IOException {
        try (var definition = Files.newInputStream(DEFINITION);
                var rights = Files.newInputStream(RIGHTS)) {
            createNamespace("miniplane-system");
            admin.load(rights).create();
            var created = admin.load(definition).create();
            admin.resource((CustomResourceDefinition) created.getFirst())
                    .waitUntilCondition(
                            known -> known.getStatus() != null
                                    && known.getStatus().getConditions() != null
                                    && known.getStatus().getConditions().stream()
                                            .anyMatch(condition -> "Established".equals(condition.getType())
                                                    && "True".equals(condition.getStatus())),
                            30,
                            TimeUnit.SECONDS);
        }
    }
}

package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.command.MiniplaneCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The chart on a real API server: what it installs, how it is upgraded, and what it leaves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChartIT {

    private static final Path CHART = Path.of("../helm/miniplane");
    private static final String RELEASE = "miniplane";
    private static final String NAMESPACE = "miniplane-system";
    private static final String DEFINITION = "miniprogrambackends.miniplane.io";
    private static final Duration A_WHILE = Duration.ofMinutes(2);
    private static final int FORBIDDEN = 403;

    private Path directory;
    private ControlPlane plane;
    private FakeNode node;
    private HelmProgram helm;
    private InstalledOperator operator;
    private Shop shop;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        directory = folder;
        plane = ControlPlane.thatKnowsNothing();
        node = new FakeNode(plane.admin());
        helm = HelmProgram.with(Files.writeString(directory.resolve("admin.kubeconfig"), plane.kubeconfig()));
        plane.createNamespace(NAMESPACE);
    }

    @AfterAll
    void stop() {
        if (operator != null) {
            operator.close();
        }
        if (node != null) {
            node.close();
        }
        if (plane != null) {
            plane.close();
        }
    }

    @Test
    @Order(1)
    void installedFromJavaTheOperatorMakesTheExampleReadyWithTheRightsOfTheChart() throws IOException {
        new Helm(CHART)
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeConfigContents(plane.kubeconfig())
                .call();
        Shop.until("pods are admitted as restricted", () -> available() == 2, A_WHILE);
        operator = InstalledOperator.start(plane, NAMESPACE, "first", directory);
        shop = Shop.in(plane, "shop").withSecrets().applied();
        isReady();
        assertThat(plane.audit().operatorRequests()).isNotEmpty().noneMatch(request -> request.status() == FORBIDDEN);
    }

    @Test
    @Order(2)
    void theTestOfTheReleaseWaitsForASmallBackendAndLeavesNothing() throws IOException {
        // Not in the common pool: the client of the cluster would wait for the thread that Helm blocks.
        var test = new CompletableFuture<Release>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> test.completeAsync(
                        () -> Helm.test(RELEASE)
                                .withNamespace(NAMESPACE)
                                .withKubeConfigContents(plane.kubeconfig())
                                .withTimeout(300)
                                .call(),
                        Runnable::run));
        PodResource pod = plane.admin().pods().inNamespace(NAMESPACE).withName("miniplane-test-wait");
        Shop.until("pod of the test", () -> pod.get() != null, A_WHILE);
        assertThat(commandOf(pod.get())).contains("miniplane-test").contains("True");
        pod.editStatus(it -> new PodBuilder(it)
                .editStatus()
                .withPhase("Succeeded")
                .endStatus()
                .build());
        test.join();
        assertThat(plane.admin()
                        .resources(MiniProgramBackend.class)
                        .inNamespace(NAMESPACE)
                        .list()
                        .getItems())
                .isEmpty();
        Shop.until(
                "keys of the test are gone",
                () -> plane.admin()
                                .secrets()
                                .inNamespace(NAMESPACE)
                                .withName("miniplane-test-keys")
                                .get()
                        == null,
                A_WHILE);
    }

    /** Does what the only container of a pod does, with the rights of the pod. */
    private String commandOf(Pod pod) throws IOException {
        var arguments = new ArrayList<>(pod.getSpec().getContainers().getFirst().getArgs());
        arguments.add("--kubeconfig="
                + InstalledOperator.kubeconfig(
                        plane, pod.getMetadata().getNamespace(), pod.getSpec().getServiceAccountName(), directory));
        var out = new StringWriter();
        int code = MiniplaneCommand.run(
                new PrintWriter(out, true), new PrintWriter(out, true), arguments.toArray(String[]::new));
        assertThat(code).as(out.toString()).isZero();
        return out.toString();
    }

    @Test
    @Order(3)
    void anUpgradeKeepsBackendsRunningAsTheyAre() throws IOException {
        Map<String, String> before = deployments();
        assertThat(before).isNotEmpty();
        helm.run(
                "upgrade",
                RELEASE,
                CHART.toString(),
                "-n",
                NAMESPACE,
                "--set",
                "operator.replicas=3,operator.resources.limits.memory=1Gi");
        Shop.until("three operators", () -> available() == 3, A_WHILE);
        operator.close();
        operator = InstalledOperator.start(plane, NAMESPACE, "second", directory);
        shop.patch("{features: {afterUpgrade: {enabled: true}}}");
        isReady();
        Shop.until(
                "followed",
                () -> shop.backend()
                        .get()
                        .getStatus()
                        .observedGeneration()
                        .equals(shop.backend().get().getMetadata().getGeneration()),
                A_WHILE);
        assertThat(deployments()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void whatIsUninstalledLeavesDefinitionBackendsAndKeys() {
        Map<String, String> before = deployments();
        var keys = shop.secret("shop-keys").get().getData();
        Helm.uninstall(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeConfigContents(plane.kubeconfig())
                .call();
        operator.close();
        assertThat(plane.admin()
                        .apps()
                        .deployments()
                        .inNamespace(NAMESPACE)
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(plane.admin()
                        .rbac()
                        .clusterRoles()
                        .withName("miniplane-operator")
                        .get())
                .isNull();
        assertThat(definition()).isNotNull();
        assertThat(shop.backend().get()).isNotNull();
        assertThat(shop.secret("shop-keys").get().getData()).isEqualTo(keys);
        assertThat(deployments()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void installedByHelmInSomeNamespacesTheOperatorGoesOnWithWhatIsThere() throws IOException {
        Map<String, String> before = deployments();
        int requests = plane.audit().operatorRequests().size();
        String notes = helm.run("install", RELEASE, CHART.toString(), "-n", NAMESPACE, "--set", "namespaces={shop}");
        assertThat(notes).contains("Miniplane 0.1.0-SNAPSHOT looks after the backends of shop.", "helm test miniplane");
        operator = InstalledOperator.start(plane, NAMESPACE, "third", directory);
        shop.patch("{features: {afterInstallation: {enabled: true}}}");
        Shop.until(
                "followed",
                () -> shop.backend()
                        .get()
                        .getStatus()
                        .observedGeneration()
                        .equals(shop.backend().get().getMetadata().getGeneration()),
                A_WHILE);
        isReady();
        assertThat(deployments()).isEqualTo(before);
        List<AuditLog.Request> all = plane.audit().operatorRequests();
        assertThat(all.subList(requests, all.size()))
                .isNotEmpty()
                .noneMatch(request -> request.status() == FORBIDDEN)
                .noneMatch(request ->
                        request.verb().equals("list") && request.namespace().isEmpty());
    }

    @Test
    @Order(6)
    void toldToKeepNothingItRemovesDefinitionAndBackendsAndStillNotTheKeys() {
        helm.run("upgrade", RELEASE, CHART.toString(), "-n", NAMESPACE, "--reuse-values", "--set", "crds.keep=false");
        helm.run("uninstall", RELEASE, "-n", NAMESPACE, "--wait");
        operator.close();
        Shop.until("the definition is gone", () -> definition() == null, A_WHILE);
        Shop.until("the backend's pods are gone", () -> deployments().isEmpty(), A_WHILE);
        assertThat(shop.secret("shop-keys").get()).isNotNull();
    }

    private void isReady() {
        Shop.until("Ready", () -> shop.hasCondition("Ready", Condition.Status.TRUE), A_WHILE);
    }

    private int available() {
        return plane.admin()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("miniplane-operator")
                .require()
                .getStatus()
                .getAvailableReplicas();
    }

    private CustomResourceDefinition definition() {
        return plane.admin()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(DEFINITION)
                .get();
    }

    /** Which Deployments the backend has, and which version of them. */
    private Map<String, String> deployments() {
        Function<Deployment, String> version =
                it -> it.getMetadata().getUid() + " " + it.getMetadata().getGeneration();
        return plane.admin().apps().deployments().inNamespace("shop").list().getItems().stream()
                .collect(Collectors.toMap(it -> it.getMetadata().getName(), version));
    }
}

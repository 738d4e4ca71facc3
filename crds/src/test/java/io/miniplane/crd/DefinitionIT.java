package io.miniplane.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.miniplane.crd.v1alpha1.ApiStatus;
import io.miniplane.crd.v1alpha1.BackendManifest;
import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.KeysStatus;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendStatus;
import io.miniplane.crd.v1alpha1.RolloutStatus;
import io.miniplane.crd.v1alpha1.WorkerStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@EnabledIf("io.miniplane.crd.ApiServer#isAvailable")
class DefinitionIT {

    @TempDir
    static Path directory;

    private static ApiServer server;
    private static KubernetesClient client;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() throws IOException {
        server = ApiServer.start();
        client = server.client();
        kubectl = Kubectl.of(server, directory);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void removeBackends() {
        client.resources(MiniProgramBackend.class).inNamespace("shop").delete();
    }

    @Test
    void theDefinitionOffersTheResourceWithItsStatusAndScale() {
        assertThat(client.getApiResources("miniplane.io/v1alpha1").getResources())
                .extracting("name")
                .containsExactlyInAnyOrder(
                        "miniprogrambackends", "miniprogrambackends/status", "miniprogrambackends/scale");
    }

    @ParameterizedTest
    @MethodSource("io.miniplane.crd.Examples#files")
    void everyExampleIsAccepted(Path file) throws Exception {
        assertThat(kubectl.run("apply", "--server-side", "--validate=strict", "-f", file.toString()))
                .contains("serverside-applied")
                .doesNotContainIgnoringCase("error")
                .doesNotContainIgnoringCase("warning");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aWrongManifestIsRefusedWithTheFieldAndTheCure(Refusal refusal) {
        var manifest = Examples.minimal();
        merge((ObjectNode) manifest, refusal.change());
        var answer = catchThrowableOfType(KubernetesClientException.class, () -> strictly(manifest));
        assertThat(answer).as("the API server accepted it").isNotNull();
        assertThat(answer.getStatus().getDetails().getCauses())
                .as(answer.getMessage())
                .anySatisfy(cause -> {
                    assertThat(cause.getField()).isEqualTo(refusal.field());
                    assertThat(cause.getMessage()).contains(refusal.cure());
                });
    }

    @Test
    void aMisspeltFieldIsRefusedByName() {
        var manifest = Examples.minimal();
        ((ObjectNode) manifest.get("spec")).put("enviroment", "dev");
        assertThatThrownBy(() -> strictly(manifest)).hasMessageContaining("unknown field \"spec.enviroment\"");
    }

    @Test
    void theAppIdStaysWhatItWas() {
        resource(Examples.minimal()).create();
        var changed = Examples.minimal();
        ((ObjectNode) changed.get("spec")).put("appId", "wxba6223c06417af7b");
        assertThatThrownBy(() -> resource(changed).update())
                .hasMessageContaining("spec.appId")
                .hasMessageContaining("can not be changed: make another MiniProgramBackend");
    }

    @Test
    void theSecretOfTheDatabaseMayChange() {
        resource(Examples.minimal()).create();
        var changed = Examples.minimal();
        ((ObjectNode) changed.at("/spec/database/secretRef")).put("name", "other");
        assertThat(resource(changed).update().<String>get("spec", "database", "secretRef", "name"))
                .isEqualTo("other");
    }

    @Test
    void theServerFillsInTheSameDefaultsAsAManifestThatIsReadWithoutIt() {
        resource(Examples.minimal()).create();
        var read = BackendManifest.read(
                new ByteArrayInputStream(Examples.minimal().toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(backend().get().getSpec()).isEqualTo(read.getSpec());
    }

    @Test
    void kubectlShowsTheStateInItsColumns() throws Exception {
        resource(Examples.minimal()).create();
        writeStatus();
        var lines = kubectl.run("get", "mpb", "--namespace", "shop").lines().toList();
        assertThat(lines.get(0).split(" +"))
                .containsExactly("NAME", "READY", "APPID", "API", "WORKERS", "QUEUE", "TIER", "KEY-AGE", "AGE");
        assertThat(lines.get(1)).matches("minimal +True +wx0123456789abcdef +2/3 +1 +17 +1 +10d +\\d+s");
    }

    @Test
    void kubectlAppliesTheCommittedDefinitionAsTheGeneratorMeantIt() throws Exception {
        var generated = statusOfConditions();
        assertThat(kubectl.run("apply", "--server-side", "--force-conflicts", "-f", Definition.FILE))
                .contains("serverside-applied")
                .doesNotContainIgnoringCase("error");
        assertThat(statusOfConditions())
                .isEqualTo(generated)
                .extracting(JsonNode::asText)
                .contains("True", "False");
        assertThat(kubectl.run("apply", "--dry-run=server", "-f", Definition.FILE))
                .contains("configured");
    }

    @Test
    void theStatusIsReadAsItWasWritten() {
        resource(Examples.minimal()).create();
        var written = writeStatus();
        assertThat(backend().get().getStatus()).isEqualTo(written);
    }

    @Test
    void scalingRaisesTheLowerBoundOfTheApi() throws Exception {
        resource(Examples.minimal()).create();
        writeStatus();
        assertThat(kubectl.run("scale", "mpb/minimal", "--namespace", "shop", "--replicas", "4"))
                .contains("scaled");
        assertThat(backend().get().getSpec().api().replicas().min()).isEqualTo(4);
        var scale = backend().scale();
        assertThat(scale.getStatus().getReplicas()).isEqualTo(3);
        assertThat(scale.getStatus().getSelector()).isEqualTo("app.kubernetes.io/instance=minimal");
    }

    @Test
    void allAndTheShortNameFindIt() throws Exception {
        resource(Examples.minimal()).create();
        for (var name : List.of("mpb", "miniplane", "all")) {
            assertThat(kubectl.run("get", name, "--namespace", "shop", "--output", "name"))
                    .contains("miniprogrambackend.miniplane.io/minimal");
        }
    }

    private static List<JsonNode> statusOfConditions() {
        return client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("miniprogrambackends.miniplane.io")
                .get()
                .getSpec()
                .getVersions()
                .get(0)
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .get("status")
                .getProperties()
                .get("conditions")
                .getItems()
                .getSchema()
                .getProperties()
                .get("status")
                .getEnum();
    }

    private static MiniProgramBackendStatus writeStatus() {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var ready = new Condition("Ready", Condition.Status.TRUE, "AllReady", "All pods are ready.", 1L, now);
        var rotated = now.minus(Duration.ofDays(10));
        var status = new MiniProgramBackendStatus(
                1L,
                List.of(ready),
                "miniplane/api-server:0.1.0",
                "http://minimal.shop.svc",
                new ApiStatus(3, 2, "2/3", 1, 420L),
                new WorkerStatus(1, 1, 17L),
                new KeysStatus("12345", rotated, rotated.plus(Duration.ofDays(90)), KeysStatus.Phase.STABLE),
                new RolloutStatus(RolloutStatus.Phase.WATCHING, "miniplane/api-server:0.2.0", 1, 3, 5, now),
                "app.kubernetes.io/instance=minimal");
        backend().editStatus(current -> {
            current.setStatus(status);
            return current;
        });
        return status;
    }

    private static Resource<MiniProgramBackend> backend() {
        return client.resources(MiniProgramBackend.class).inNamespace("shop").withName("minimal");
    }

    private static NamespaceableResource<GenericKubernetesResource> resource(JsonNode manifest) {
        return client.resource(
                client.getKubernetesSerialization().convertValue(manifest, GenericKubernetesResource.class));
    }

    private static GenericKubernetesResource strictly(JsonNode manifest) {
        return resource(manifest).fieldValidation(Validation.STRICT).create();
    }

    private static void merge(ObjectNode target, JsonNode change) {
        change.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                target.remove(field.getKey());
            } else if (field.getValue().isObject()) {
                merge(target.withObjectProperty(field.getKey()), field.getValue());
            } else {
                target.set(field.getKey(), field.getValue());
            }
        });
    }

    static List<Refusal> refusals() throws IOException {
        try (var table = DefinitionIT.class.getResourceAsStream("/refusals.yaml")) {
            return Definition.YAML.readValue(table, new TypeReference<>() {});
        }
    }

    /** A change that makes the minimal manifest wrong, and what the answer must contain. */
    record Refusal(String name, JsonNode change, String field, String cure) {
        @Override
        public String toString() {
            return name;
        }
    }
}

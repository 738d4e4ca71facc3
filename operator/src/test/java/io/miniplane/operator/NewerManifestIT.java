package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.Condition.Status;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cluster whose definition is of a newer version of Miniplane than the operator, as in the middle of an upgrade. */
class NewerManifestIT {

    private static final Duration A_WHILE = Duration.ofSeconds(20);

    private static ControlPlane plane;
    private static CustomResourceDefinition before;
    private static RunningOperator operator;
    private static FakeNode node;

    @BeforeAll
    static void start() {
        plane = ControlPlane.shared();
        before = definition().get();
        definition().edit(NewerManifestIT::newer);
        node = new FakeNode(plane.admin());
        operator = RunningOperator.on(plane);
    }

    @AfterAll
    static void stop() {
        if (operator != null) {
            operator.close();
            node.close();
            definition().edit(now -> {
                now.setSpec(before.getSpec());
                return now;
            });
        }
    }

    @Test
    void fieldsThatTheOperatorDoesNotKnowOutliveWhatItWrites() {
        Shop shop = Shop.in(plane, "newer-fields").withSecrets().applied();
        shop.patch("{future: {mode: {deep: [1, 2]}}}");
        Shop.edit(raw(shop), it -> it.getMetadata().getFinalizers().add("example.org/hold"));
        shop.annotate("example.org/note", "kept");
        shop.patch(
                "{future: {mode: {deep: [1, 2]}}, api: {future: 7}, features: {later: {enabled: true, audience: staff}}}");
        GenericKubernetesResource applied = raw(shop).get();
        assertThat(applied.<Object>get("spec", "future", "mode", "deep")).hasToString("[1, 2]");
        shop.ready();

        operator.close();
        operator = RunningOperator.on(plane);
        shop.deployment().delete();
        Shop.soon("made again", () -> shop.deployment().get() != null);
        shop.ready();

        GenericKubernetesResource now = raw(shop).get();
        assertThat(now.<Object>get("spec")).isEqualTo(applied.get("spec"));
        assertThat(now.getMetadata().getAnnotations()).containsEntry("example.org/note", "kept");
        assertThat(now.getMetadata().getFinalizers()).containsExactly("example.org/hold");
        assertThat(now.getMetadata().getManagedFields())
                .filteredOn(entry -> "miniplane".equals(entry.getManager()))
                .allSatisfy(entry -> assertThat(entry.getSubresource()).isEqualTo("status"));
        Shop.edit(raw(shop), it -> it.getMetadata().setFinalizers(null));
    }

    @Test
    void aValueThatTheOperatorDoesNotKnowIsNamedWhileTheLastGoodVersionAndAllOthersAreServed() {
        Shop other = Shop.in(plane, "not-newer").withSecrets().applied().ready();
        Shop shop = Shop.in(plane, "newer-value").withSecrets().applied().ready();
        String settings = settings(shop);

        shop.patch("{environment: trial}");
        Shop.soon("named", () -> isNotUnderstood(shop));
        assertThat(shop.condition("Degraded").orElseThrow().message())
                .startsWith("spec.environment (\"trial\") is not known to this version of the operator: upgrade");
        assertThat(shop.hasCondition("Ready", Status.TRUE)).isTrue();

        operator.close();
        operator = RunningOperator.on(plane);
        shop.deployment().delete();
        Shop.soon("the last good one", () -> shop.deployment().get() != null);
        other.deployment().delete();
        Shop.soon("the other", () -> other.deployment().get() != null);
        other.ready();
        assertThat(settings(shop)).isEqualTo(settings);
        assertThat(raw(shop).get().<String>get("spec", "environment")).isEqualTo("trial");

        shop.patch("{environment: staging}");
        Shop.soon("followed", () -> settings(shop).contains("staging"));
        shop.ready();
        assertThat(shop.hasCondition("Degraded", Status.FALSE)).isTrue();
    }

    @Test
    void nothingIsMadeOfAManifestThatNeverWasUnderstood() {
        Shop shop = Shop.in(plane, "never-understood").withSecrets();
        GenericKubernetesResource manifest = Shop.manifest(shop.namespace());
        manifest.<Map<String, Object>>get("spec").put("environment", "trial");
        plane.admin().resource(manifest).create();

        Shop.soon("named", () -> isNotUnderstood(shop));
        Condition ready = shop.condition("Ready").orElseThrow();
        assertThat(ready.status()).isEqualTo(Status.FALSE);
        assertThat(ready.reason()).isEqualTo("NotUnderstood");
        assertThat(shop.deployment().get()).isNull();
    }

    @Test
    void aStatusThatANewerOperatorWroteIsReadAndReplaced() {
        Shop shop = Shop.in(plane, "newer-status").withSecrets().applied().ready();
        operator.close();
        raw(shop)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": {\"keys\": {\"phase\": \"Later\"}}}");
        assertThat(raw(shop).get().<String>get("status", "keys", "phase")).isEqualTo("Later");

        operator = RunningOperator.on(plane);
        Shop.until("replaced", () -> "Stable".equals(raw(shop).get().<String>get("status", "keys", "phase")), A_WHILE);
    }

    private static boolean isNotUnderstood(Shop shop) {
        return shop.condition("Degraded").orElseThrow().reason().equals("NotUnderstood");
    }

    private static String settings(Shop shop) {
        return shop.object(io.fabric8.kubernetes.api.model.ConfigMap.class, "shop-config")
                .get()
                .getData()
                .get("application.yaml");
    }

    private static Resource<GenericKubernetesResource> raw(Shop shop) {
        return shop.object("miniplane.io/v1alpha1", "MiniProgramBackend", "shop");
    }

    private static Resource<CustomResourceDefinition> definition() {
        return plane.admin()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("miniprogrambackends.miniplane.io");
    }

    /** What a later version may add: fields, and values of those that there are. */
    private static CustomResourceDefinition newer(CustomResourceDefinition definition) {
        JSONSchemaProps whole =
                definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        JSONSchemaProps spec = whole.getProperties().get("spec");
        spec.getProperties()
                .put(
                        "future",
                        new JSONSchemaPropsBuilder()
                                .withType("object")
                                .withXKubernetesPreserveUnknownFields(true)
                                .build());
        spec.getProperties().get("api").getProperties().put("future", ofType("integer"));
        spec.getProperties()
                .get("features")
                .getAdditionalProperties()
                .getSchema()
                .getProperties()
                .put("audience", ofType("string"));
        spec.getProperties().get("environment").getEnum().add(new TextNode("trial"));
        whole.getProperties()
                .get("status")
                .getProperties()
                .get("keys")
                .getProperties()
                .get("phase")
                .getEnum()
                .add(new TextNode("Later"));
        return definition;
    }

    private static JSONSchemaProps ofType(String type) {
        return new JSONSchemaPropsBuilder().withType(type).build();
    }
}

package io.miniplane.operator;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The kinds of others that a cluster may have, with a schema that lets everything through. */
public final class OptionalDefinitions {

    static final CustomResourceDefinition ALERTS = of("monitoring.coreos.com", "v1", "PrometheusRule");

    static final CustomResourceDefinition KEDA = of("keda.sh", "v1alpha1", "ScaledObject");

    /** All of them. */
    public static final List<CustomResourceDefinition> ALL = List.of(
            ALERTS,
            of("monitoring.coreos.com", "v1", "ServiceMonitor"),
            of("gateway.networking.k8s.io", "v1", "HTTPRoute"),
            of("networking.istio.io", "v1", "VirtualService"),
            of("networking.istio.io", "v1", "DestinationRule"),
            of("security.istio.io", "v1", "PeerAuthentication"),
            of("postgresql.cnpg.io", "v1", "Cluster"),
            KEDA);

    private OptionalDefinitions() {}

    /** Makes the cluster know some of them. */
    public static void install(KubernetesClient client, List<CustomResourceDefinition> definitions) {
        definitions.forEach(definition -> client.resource(definition).create());
    }

    /** Removes them with all their objects and waits until the API server has forgotten them. */
    static void remove(KubernetesClient client, List<CustomResourceDefinition> definitions) {
        definitions.forEach(definition -> client.resource(definition).delete());
        Shop.until(
                "definitions are gone",
                () -> definitions.stream()
                        .allMatch(definition -> client.resource(definition).get() == null),
                Duration.ofSeconds(30));
    }

    private static CustomResourceDefinition of(String group, String version, String kind) {
        String singular = kind.toLowerCase(Locale.ROOT);
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName(singular + "s." + group)
                .addToAnnotations("api-approved.kubernetes.io", "unapproved, for tests")
                .endMetadata()
                .withNewSpec()
                .withGroup(group)
                .withScope("Namespaced")
                .withNewNames()
                .withKind(kind)
                .withListKind(kind + "List")
                .withPlural(singular + "s")
                .withSingular(singular)
                .endNames()
                .addNewVersion()
                .withName(version)
                .withServed(true)
                .withStorage(true)
                .withNewSchema()
                .withNewOpenAPIV3Schema()
                .withType("object")
                .withXKubernetesPreserveUnknownFields(true)
                .endOpenAPIV3Schema()
                .endSchema()
                .endVersion()
                .endSpec()
                .build();
    }
}

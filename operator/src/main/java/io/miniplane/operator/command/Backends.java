package io.miniplane.operator.command;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** Finds backends, whatever fields their version has. */
final class Backends {

    private Backends() {}

    static MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            in(KubernetesClient client) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup("miniplane.io")
                .withVersion("v1alpha1")
                .withKind("MiniProgramBackend")
                .withPlural("miniprogrambackends")
                .withNamespaced(true)
                .build());
    }

    /** The backend of that name; its absence is refused in a sentence. */
    static GenericKubernetesResource require(String name, String namespace, KubernetesClient client) {
        GenericKubernetesResource one =
                in(client).inNamespace(namespace).withName(name).get();
        if (one == null) {
            throw new RefusedException(
                    "There is no backend %s in namespace %s: name another, or another namespace with -n"
                            .formatted(name, namespace));
        }
        return one;
    }

    /** Asks something of the operator by an annotation of a backend. */
    static void annotate(String name, String namespace, String annotation, String value, KubernetesClient client) {
        var patch = Map.of("metadata", Map.of("annotations", Map.of(annotation, value)));
        in(client)
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
    }
}

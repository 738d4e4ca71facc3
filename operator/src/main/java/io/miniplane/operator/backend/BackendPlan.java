package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.BackendObjects;
import io.miniplane.operator.objects.Component;
import io.miniplane.operator.objects.Planned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What applying a manifest would make of a cluster. The API server is asked, by dry runs, so that its defaults, its
 * checks and the policies of the cluster count; nothing is changed.
 */
public final class BackendPlan {

    /** Where operators are by default; which Service is in front of those in the cluster only they know. */
    private static final String OPERATOR_URL = "http://miniplane-operator.miniplane-system.svc:8081";

    private final KubernetesClient client;
    private final BackendObjects objects;
    private final String serverImage;

    /**
     * @param serverImage image of backends that name none and have no servers yet
     * @param runbooks where alerts send people: a folder of pages
     */
    public BackendPlan(KubernetesClient client, String serverImage, String runbooks) {
        this.client = client;
        this.objects = new BackendObjects(runbooks, OPERATOR_URL);
        this.serverImage = serverImage;
    }

    /** A manifest that nothing could be made of; the message says what to change. */
    public static final class UnusableException extends RuntimeException {

        UnusableException(String message) {
            super(message);
        }
    }

    /**
     * Plans one backend.
     *
     * @param manifest what would be applied; its namespace is set
     * @param secrets Secrets that would be applied with it, by name
     * @throws UnusableException when the manifest's references don't work
     */
    public List<Planned> of(GenericKubernetesResource manifest, Map<String, Map<String, String>> secrets) {
        GenericKubernetesResource live = client.resource(manifest).get();
        GenericKubernetesResource after = live == null
                ? client.resource(manifest).dryRun().create()
                : client.resource(replacing(live, manifest)).dryRun().update();
        var backend = Serialization.unmarshal(Serialization.asJson(after), MiniProgramBackend.class);
        if (!backend.getUnreadable().isEmpty()) {
            throw new UnusableException(
                    "%s is not known to this version of miniplane: take that of the operator in the cluster"
                            .formatted(String.join(", ", backend.getUnreadable())));
        }
        var plan = new ArrayList<Planned>();
        plan.add(new Planned(live, after));
        if (!backend.getSpec().paused()) {
            plan.addAll(objects.plan(version(backend, live, secrets), client));
        }
        return plan;
    }

    private Backend version(
            MiniProgramBackend backend,
            @Nullable GenericKubernetesResource live,
            Map<String, Map<String, String>> secrets) {
        CredentialCheck check = CredentialCheck.of(backend, reader(backend, secrets));
        if (check instanceof CredentialCheck.Invalid(String _, String message)) {
            throw new UnusableException(message);
        }
        return new Backend(backend, image(backend, live), check.usable().orElseThrow());
    }

    private Function<String, Optional<Map<String, String>>> reader(
            MiniProgramBackend backend, Map<String, Map<String, String>> secrets) {
        var seen = new HashMap<String, Optional<Map<String, String>>>();
        secrets.forEach((name, values) -> seen.put(name, Optional.of(values)));
        String namespace = backend.getMetadata().getNamespace();
        return name -> seen.computeIfAbsent(
                name,
                it -> Optional.ofNullable(client.secrets()
                                .inNamespace(namespace)
                                .withName(it)
                                .get())
                        .map(ReferencedSecrets::valuesOf));
    }

    /** Which version an operator ships only itself knows: what runs is the best guess. */
    private String image(MiniProgramBackend backend, @Nullable GenericKubernetesResource live) {
        String named = backend.getSpec().image();
        if (named != null && !named.isBlank()) {
            return named;
        }
        String before = live == null ? "none yet" : live.get("spec", "image");
        boolean wasLeftOpenToo = before == null || before.isBlank();
        return Optional.of(backend)
                .filter(it -> wasLeftOpenToo)
                .map(it -> client.resources(Deployment.class)
                        .inNamespace(it.getMetadata().getNamespace())
                        .withName(Component.API.nameFor(it.getMetadata().getName()))
                        .get())
                .map(StatusReport::imageOf)
                .orElse(serverImage);
    }

    /** The live object with what the manifest says, as if its owner had replaced the spec. */
    private static GenericKubernetesResource replacing(
            GenericKubernetesResource live, GenericKubernetesResource manifest) {
        GenericKubernetesResource next = Serialization.clone(live);
        next.setAdditionalProperty("spec", manifest.get("spec"));
        next.getMetadata().setManagedFields(null);
        next.getMetadata()
                .setLabels(merged(
                        live.getMetadata().getLabels(), manifest.getMetadata().getLabels()));
        next.getMetadata()
                .setAnnotations(merged(
                        live.getMetadata().getAnnotations(),
                        manifest.getMetadata().getAnnotations()));
        return next;
    }

    private static Map<String, String> merged(@Nullable Map<String, String> was, @Nullable Map<String, String> is) {
        var all = new HashMap<String, String>(was == null ? Map.of() : was);
        all.putAll(is == null ? Map.of() : is);
        return all;
    }
}

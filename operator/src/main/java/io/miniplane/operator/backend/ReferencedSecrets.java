package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelectorBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.WatchScope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets that owners of backends made. All Secrets are watched, and of them
 * only digests are kept, unless several namespaces are named; the content is read, once per change, of those alone that a backend names.
 */
final class ReferencedSecrets {

    private static final String BY_SECRET = "backends-by-secret";
    /** Secrets asked for at once: of a large cluster's Secrets only so many are in memory undigested. */
    private static final long PAGE = 500;

    private final Map<ResourceID, Content> contents = new ConcurrentHashMap<>();
    private @Nullable InformerEventSource<Secret, MiniProgramBackend> source;

    private record Content(String digest, Map<String, String> values) {

        @Override
        public String toString() {
            return "Content" + values.keySet();
        }
    }

    /** Makes what watches the Secrets. */
    EventSource<Secret, MiniProgramBackend> eventSource(EventSourceContext<MiniProgramBackend> context) {
        var backends = context.getPrimaryCache();
        backends.addIndexer(BY_SECRET, ReferencedSecrets::indexKeys);
        var configuration = InformerEventSourceConfiguration.from(Secret.class, MiniProgramBackend.class)
                .withName("referenced-secrets")
                .withNamespacesInheritedFromController()
                .withLabelSelector("!" + Backend.LABEL)
                .withFieldSelector(new FieldSelectorBuilder()
                        .withoutField("type", "helm.sh/release.v1")
                        .build())
                .withInformerListLimit(PAGE)
                .withOnUpdateFilter(
                        (now, before) -> !SecretDigests.digestOf(now).equals(SecretDigests.digestOf(before)))
                .withSecondaryToPrimaryMapper(secret -> backends.byIndex(BY_SECRET, indexKey(secret)).stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
                .withPrimaryToSecondaryMapper((MiniProgramBackend backend) -> secretsOf(backend));
        if (WatchScope.isOneWatch(context)) {
            configuration.withItemStore(new SecretDigests());
        }
        source = new InformerEventSource<>(configuration.build(), context);
        return source;
    }

    /** The values of a Secret by key, or nothing when there is no such Secret. */
    Optional<Map<String, String>> read(String namespace, String name, KubernetesClient client) {
        var id = new ResourceID(name, namespace);
        Optional<Secret> seen =
                Objects.requireNonNull(source, "Secrets are not watched yet.").get(id);
        if (seen.isEmpty()) {
            contents.remove(id);
            return Optional.empty();
        }
        Content known = contents.get(id);
        if (known == null || !known.digest().equals(SecretDigests.digestOf(seen.get()))) {
            known = fetch(id, client);
        }
        return Optional.ofNullable(known).map(Content::values);
    }

    private @Nullable Content fetch(ResourceID id, KubernetesClient client) {
        Secret secret = client.secrets()
                .inNamespace(id.getNamespace().orElseThrow())
                .withName(id.getName())
                .get();
        if (secret == null) {
            contents.remove(id);
            return null;
        }
        var content = new Content(SecretDigests.digestOf(secret), valuesOf(secret));
        contents.put(id, content);
        return content;
    }

    /** The values of a Secret by key. */
    static Map<String, String> valuesOf(Secret secret) {
        var values = new TreeMap<String, String>();
        dataOf(secret)
                .forEach((key, value) ->
                        values.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return values;
    }

    private static List<String> indexKeys(MiniProgramBackend backend) {
        return secretsOf(backend).stream()
                .map(id -> indexKey(id.getNamespace().orElseThrow(), id.getName()))
                .toList();
    }

    private static Set<ResourceID> secretsOf(MiniProgramBackend backend) {
        String namespace = backend.getMetadata().getNamespace();
        return SecretReference.in(backend).stream()
                .map(reference -> new ResourceID(reference.secret(), namespace))
                .collect(Collectors.toSet());
    }

    private static String indexKey(Secret secret) {
        return indexKey(
                secret.getMetadata().getNamespace(), secret.getMetadata().getName());
    }

    private static String indexKey(String namespace, String name) {
        return namespace + "/" + name;
    }

    private static Map<String, String> dataOf(Secret secret) {
        return secret.getData() == null ? Map.of() : secret.getData();
    }
}

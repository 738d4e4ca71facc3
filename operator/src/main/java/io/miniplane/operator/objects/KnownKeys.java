package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What was last found out of the Secrets with keys. Keys are checked as they are read, which was a fifth of the work of a pass. */
final class KnownKeys {

    private final Map<ResourceID, Known> known = new ConcurrentHashMap<>();

    private record Known(String version, KeysReport report) {}

    /** Reads a Secret unless this version of it has been read before. */
    KeysReport read(ResourceID id, Optional<Secret> secret) {
        if (secret.isEmpty()) {
            known.remove(id);
            return new KeysReport.Absent(id.getName());
        }
        String version = secret.get().getMetadata().getResourceVersion();
        Known before = known.get(id);
        if (before != null && before.version().equals(version)) {
            return before.report();
        }
        KeysReport report = KeysReport.of(secret.get());
        known.put(id, new Known(version, report));
        return report;
    }
}

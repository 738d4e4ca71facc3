package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which of the kinds that not every cluster has this one knows. */
final class OptionalKinds {

    private static final Logger LOG = LoggerFactory.getLogger(OptionalKinds.class);

    private final Set<Class<? extends HasMetadata>> kinds;
    private volatile Set<Class<? extends HasMetadata>> known = Set.of();

    /** @param kinds those to ask for */
    OptionalKinds(Set<Class<? extends HasMetadata>> kinds) {
        this.kinds = kinds;
    }

    /** Those that the cluster knew when it was asked last. */
    Set<Class<? extends HasMetadata>> known() {
        return known;
    }

    /** Asks the API server; says whether it knows others than before. */
    boolean look(KubernetesClient client) {
        Set<Class<? extends HasMetadata>> now =
                kinds.stream().filter(client::supports).collect(Collectors.toUnmodifiableSet());
        if (now.equals(known)) {
            return false;
        }
        known = now;
        LOG.info(
                "The cluster knows of the optional kinds: {}.",
                now.stream().map(HasMetadata::getKind).sorted().collect(Collectors.joining(", ")));
        return true;
    }
}

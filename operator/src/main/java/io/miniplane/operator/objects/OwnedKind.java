package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All objects of one kind that backends own. They share one watch.
 *
 * @param <R> the kind
 */
final class OwnedKind<R extends HasMetadata> {

    private static final String BACKEND_KIND = HasMetadata.getKind(MiniProgramBackend.class);

    private final Class<R> type;
    private final List<OwnedObject<R>> objects;

    /** @param objects those that a backend has of the kind, in the order in which they are applied */
    OwnedKind(Class<R> type, List<OwnedObject<R>> objects) {
        this.type = type;
        this.objects = objects;
    }

    /** Makes what watches the objects of all backends. */
    InformerEventSource<R, MiniProgramBackend> watch(EventSourceContext<MiniProgramBackend> context) {
        var configuration = InformerEventSourceConfiguration.from(type, MiniProgramBackend.class)
                .withName(watchName())
                .withNamespacesInheritedFromController()
                .withLabelSelector(Backend.LABEL)
                .withOnUpdateFilter(objects.getFirst()::isNews)
                .withSecondaryToPrimaryMapper(OwnedKind::backendsOf)
                .withPrimaryToSecondaryMapper(this::idsFor);
        if (WatchScope.isOneWatch(context)) {
            configuration.withItemStore(
                    new CompactStore<>(type, context.getClient().getKubernetesSerialization()));
        }
        var source = new InformerEventSource<>(configuration.build(), context);
        objects.forEach(object -> object.setEventSource(source));
        return source;
    }

    /** Stops watching; nothing is known of the objects from now on. */
    void forget(EventSourceRetriever<MiniProgramBackend> sources) {
        sources.dynamicallyDeRegisterEventSource(watchName());
        objects.forEach(object -> object.setEventSource(null));
    }

    boolean isWatched() {
        return objects.getFirst().eventSource().isPresent();
    }

    /** Whether a backend has an object of the kind. */
    boolean isWanted(MiniProgramBackendSpec spec) {
        return objects.stream().anyMatch(object -> object.isWanted(spec));
    }

    Class<R> type() {
        return type;
    }

    private String watchName() {
        return "owned-" + HasMetadata.getPlural(type);
    }

    /** Applies what differs and notes what was done. */
    void apply(MiniProgramBackend primary, Context<MiniProgramBackend> context, List<Change> changes) {
        objects.stream()
                .filter(OwnedObject::isAppliedWithOthers)
                .forEach(object -> object.apply(primary, context).ifPresent(changes::add));
    }

    /** What applying the objects of a backend would do to those that are there. */
    Stream<Planned> plan(Backend backend, KubernetesClient client) {
        return objects.stream()
                .filter(OwnedObject::isAppliedWithOthers)
                .flatMap(object -> object.plan(backend, client).stream());
    }

    private Set<ResourceID> idsFor(MiniProgramBackend backend) {
        return objects.stream().map(object -> object.idFor(backend)).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<ResourceID> backendsOf(HasMetadata object) {
        String labelled = object.getMetadata().getLabels().get(Backend.LABEL);
        // One that was given the label of another backend is still its owner's to put right.
        var owners = object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> BACKEND_KIND.equals(owner.getKind()))
                .map(OwnerReference::getName);
        return Stream.concat(Stream.ofNullable(labelled), owners)
                .map(name -> new ResourceID(name, object.getMetadata().getNamespace()))
                .collect(Collectors.toUnmodifiableSet());
    }
}

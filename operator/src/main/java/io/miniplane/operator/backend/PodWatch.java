package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.WatchScope;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pods of backends: only what tells how they are is kept, and only a problem that comes or goes is news. */
final class PodWatch {

    private @Nullable InformerEventSource<Pod, MiniProgramBackend> source;

    /** Makes what watches the pods. */
    EventSource<Pod, MiniProgramBackend> eventSource(EventSourceContext<MiniProgramBackend> context) {
        var configuration = InformerEventSourceConfiguration.from(Pod.class, MiniProgramBackend.class)
                .withName("pods")
                .withNamespacesInheritedFromController()
                .withLabelSelector(Backend.LABEL)
                .withOnAddFilter(pod -> PodProblem.of(pod).isPresent())
                .withOnUpdateFilter((now, before) -> !PodProblem.of(now).equals(PodProblem.of(before)))
                .withOnDeleteFilter((pod, unknown) -> false)
                .withSecondaryToPrimaryMapper(pod -> Set.of(new ResourceID(
                        pod.getMetadata().getLabels().get(Backend.LABEL),
                        pod.getMetadata().getNamespace())));
        if (WatchScope.isOneWatch(context)) {
            configuration.withItemStore(new TransformingItemStore<>(PodWatch::slim));
        }
        source = new InformerEventSource<>(configuration.build(), context);
        return source;
    }

    /** The pods of a backend as last seen. */
    Set<Pod> of(MiniProgramBackend backend) {
        return Objects.requireNonNull(source, "Pods are not watched yet.").getSecondaryResources(backend);
    }

    private static Pod slim(Pod pod) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName())
                .withNamespace(pod.getMetadata().getNamespace())
                .withUid(pod.getMetadata().getUid())
                .withResourceVersion(pod.getMetadata().getResourceVersion())
                .withLabels(pod.getMetadata().getLabels())
                .withCreationTimestamp(pod.getMetadata().getCreationTimestamp())
                .withDeletionTimestamp(pod.getMetadata().getDeletionTimestamp())
                .endMetadata()
                .withStatus(pod.getStatus())
                .build();
    }
}

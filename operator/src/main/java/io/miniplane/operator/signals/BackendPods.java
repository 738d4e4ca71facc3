package io.miniplane.operator.signals;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.Backend;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Knows where the pods of each backend tell of themselves: the EndpointSlices of its Services are watched. */
final class BackendPods {

    private static final String BY_BACKEND = "slices-by-backend";
    private static final String PORT = "management";
    private static final String PATH = "/internal/signals";

    private final InformerEventSource<EndpointSlice, MiniProgramBackend> slices;

    BackendPods(EventSourceContext<MiniProgramBackend> context) {
        var configuration = InformerEventSourceConfiguration.from(EndpointSlice.class, MiniProgramBackend.class)
                .withName("pods-of-backends")
                .withNamespacesInheritedFromController()
                .withLabelSelector(Backend.LABEL)
                .withSecondaryToPrimaryMapper(slice -> Set.of())
                .withPrimaryToSecondaryMapper((MiniProgramBackend backend) -> Set.<ResourceID>of())
                .build();
        slices = new InformerEventSource<>(configuration, context);
        slices.addIndexers(Map.of(BY_BACKEND, slice -> List.of(index(backendOf(slice)))));
    }

    /** What watches the slices; a change of them is no reason to reconcile. */
    InformerEventSource<EndpointSlice, MiniProgramBackend> eventSource() {
        return slices;
    }

    /** The pods of a backend, each once. */
    List<PodAddress> of(ResourceID backend) {
        var pods = new TreeMap<String, PodAddress>();
        slices.byIndex(BY_BACKEND, index(backend)).stream()
                .flatMap(BackendPods::addresses)
                .forEach(pod -> pods.put(pod.pod(), pod));
        return List.copyOf(pods.values());
    }

    /** The pods of one slice, none if it doesn't name the port of the cluster. */
    static Stream<PodAddress> addresses(EndpointSlice slice) {
        Integer port = Objects.requireNonNullElse(slice.getPorts(), List.<EndpointPort>of()).stream()
                .filter(candidate -> PORT.equals(candidate.getName()))
                .map(EndpointPort::getPort)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return port == null
                ? Stream.empty()
                : Objects.requireNonNullElse(slice.getEndpoints(), List.<Endpoint>of()).stream()
                        .map(endpoint -> address(endpoint, port));
    }

    private static PodAddress address(Endpoint endpoint, int port) {
        String ip = endpoint.getAddresses().getFirst();
        String host = ip.indexOf(':') < 0 ? ip : "[" + ip + "]";
        String pod = endpoint.getTargetRef() == null
                ? host + ":" + port
                : endpoint.getTargetRef().getName();
        return new PodAddress(pod, URI.create("http://" + host + ":" + port + PATH), isTerminating(endpoint));
    }

    private static boolean isTerminating(Endpoint endpoint) {
        return endpoint.getConditions() != null
                && isTrue(endpoint.getConditions().getTerminating());
    }

    private static boolean isTrue(@Nullable Boolean value) {
        return value != null && value;
    }

    private static ResourceID backendOf(EndpointSlice slice) {
        return new ResourceID(
                slice.getMetadata().getLabels().get(Backend.LABEL),
                slice.getMetadata().getNamespace());
    }

    private static String index(ResourceID backend) {
        return backend.getNamespace().orElse("") + "/" + backend.getName();
    }
}

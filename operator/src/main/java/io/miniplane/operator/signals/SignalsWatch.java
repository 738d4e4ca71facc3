package io.miniplane.operator.signals;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Reads what the pods of all backends tell of themselves, round after round, and keeps what follows from it. */
public final class SignalsWatch {

    private final Map<ResourceID, BackendSignals> backends = new ConcurrentHashMap<>();
    private final Duration interval;
    private final InstantSource clock;

    /** @param interval how often each pod is asked */
    public SignalsWatch(Duration interval, InstantSource clock) {
        this.interval = interval;
        this.clock = clock;
    }

    /** Makes what watches the pods and what asks them; a backend is reconciled when something changes that matters. */
    public List<EventSource<?, MiniProgramBackend>> eventSources(EventSourceContext<MiniProgramBackend> context) {
        var pods = new BackendPods(context);
        var rounds = new SignalsRounds(context.getPrimaryCache(), pods::of, backends, interval, clock);
        return List.of(pods.eventSource(), rounds);
    }

    /** What follows for a backend from what its pods tell; before they were asked, what is reported of it. */
    public Assessment assessment(MiniProgramBackend backend) {
        return Optional.ofNullable(backends.get(ResourceID.fromResource(backend)))
                .flatMap(BackendSignals::assessment)
                .orElseGet(() -> Assessment.reported(backend));
    }

    /** What each pod of a backend told when it was last asked, those that are about to go too. */
    public List<PodReading> readings(HasMetadata backend) {
        BackendSignals known = backends.get(ResourceID.fromResource(backend));
        return known == null ? List.of() : known.readings();
    }

    /**
     * How requests to pods of a backend's canary went.
     *
     * @param pods their names
     * @param since they have to be read after this
     */
    public PodsRequests requests(HasMetadata backend, Set<String> pods, Instant since) {
        Instant oldest = clock.instant().minus(interval.multipliedBy(SignalsRounds.ROUNDS_THAT_COUNT));
        BackendSignals known = backends.get(ResourceID.fromResource(backend));
        return known == null
                ? PodsRequests.unknown("no pod was asked yet")
                : known.requestsOf(pods, since.isAfter(oldest) ? since : oldest);
    }

    /** How many events wait in the queues of each backend of a namespace, by their names. */
    public Map<String, QueueLength> queueLengths(String namespace) {
        Instant now = clock.instant();
        var lengths = new TreeMap<String, QueueLength>();
        backends.forEach((id, signals) -> {
            if (id.getNamespace().filter(namespace::equals).isPresent()) {
                lengths.put(id.getName(), signals.queueLength(now));
            }
        });
        return lengths;
    }
}

package io.miniplane.operator.signals;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.javaoperatorsdk.operator.api.reconciler.ResourceCache;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all pods of all backends at an interval, apart from the threads that reconcile. */
final class SignalsRounds extends AbstractEventSource<EndpointSlice, MiniProgramBackend> {

    private static final Logger LOG = LoggerFactory.getLogger(SignalsRounds.class);

    /** Pods that are asked at a time: pods that don't answer must not hold up the round for long. */
    private static final int AT_ONCE = 256;

    /** Rounds for which what was read stands in for what can't be read. */
    static final int ROUNDS_THAT_COUNT = 3;

    private final ResourceCache<MiniProgramBackend> primaries;
    private final Function<ResourceID, List<PodAddress>> pods;
    private final Map<ResourceID, BackendSignals> backends;
    private final Duration interval;
    private final InstantSource clock;
    private final SignalsClient client = new SignalsClient();
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Set<ResourceID> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("signals").factory());

    /**
     * @param pods where the pods of a backend are
     * @param backends takes what was read
     */
    SignalsRounds(
            ResourceCache<MiniProgramBackend> primaries,
            Function<ResourceID, List<PodAddress>> pods,
            Map<ResourceID, BackendSignals> backends,
            Duration interval,
            InstantSource clock) {
        super(EndpointSlice.class, "signals");
        this.primaries = primaries;
        this.pods = pods;
        this.backends = backends;
        this.interval = interval;
        this.clock = clock;
    }

    @Override
    public void start() {
        super.start();
        var _ = rounds.scheduleAtFixedRate(
                this::round, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        super.stop();
        rounds.shutdownNow();
        client.close();
    }

    @Override
    public Set<EndpointSlice> getSecondaryResources(MiniProgramBackend primary) {
        return Set.of();
    }

    private void round() {
        try {
            List<MiniProgramBackend> all = primaries.list().toList();
            backends.keySet()
                    .retainAll(all.stream().map(ResourceID::fromResource).collect(Collectors.toSet()));
            for (MiniProgramBackend backend : all) {
                ask(backend);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // An exception must not end the rounds.
            LOG.error("A round over the pods failed; the next one follows.", e);
        }
    }

    /** A backend whose pods still owe their last answers is left out of this round. */
    private void ask(MiniProgramBackend backend) throws InterruptedException {
        ResourceID id = ResourceID.fromResource(backend);
        List<PodAddress> addresses = pods.apply(id);
        if (!underWay.add(id)) {
            return;
        }
        var asked = new ArrayList<CompletableFuture<PodReading>>();
        for (PodAddress pod : addresses) {
            room.acquire();
            asked.add(client.read(pod, clock.instant()).whenComplete((reading, failure) -> room.release()));
        }
        var _ = CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenRun(() -> take(
                        backend, asked.stream().map(CompletableFuture::join).toList()))
                .whenComplete((done, failure) -> {
                    underWay.remove(id);
                    if (failure != null) {
                        LOG.error("What pods of {} told could not be taken in.", id, failure);
                    }
                });
    }

    private void take(MiniProgramBackend backend, List<PodReading> readings) {
        ResourceID id = ResourceID.fromResource(backend);
        BackendSignals signals =
                backends.computeIfAbsent(id, first -> new BackendSignals(interval.multipliedBy(ROUNDS_THAT_COUNT)));
        if (signals.observe(primaries.get(id).orElse(backend), readings, clock.instant())) {
            getEventHandler().handleEvent(new Event(id));
        }
    }
}

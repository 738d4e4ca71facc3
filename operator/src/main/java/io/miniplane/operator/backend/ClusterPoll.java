package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks now and then for something of the cluster that all backends depend on, and wakes them when the answer is another. Until it was answered once the
 * operator does not start: backends would be changed back and forth.
 */
final class ClusterPoll extends AbstractEventSource<HasMetadata, MiniProgramBackend> {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterPoll.class);

    private final EventSourceContext<MiniProgramBackend> context;
    private final Predicate<KubernetesClient> look;
    private final Duration interval;
    private final ScheduledExecutorService clock;

    /**
     * @param name what is asked for, as one word
     * @param look asks; says whether backends have to be looked at again
     */
    ClusterPoll(
            EventSourceContext<MiniProgramBackend> context,
            String name,
            Predicate<KubernetesClient> look,
            Duration interval) {
        super(HasMetadata.class, name);
        this.context = context;
        this.look = look;
        this.interval = interval;
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    @Override
    public void start() {
        super.start();
        var _ = look.test(context.getClient());
        var _ = clock.scheduleWithFixedDelay(
                this::poll, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        super.stop();
        clock.shutdownNow();
    }

    @Override
    public Set<HasMetadata> getSecondaryResources(MiniProgramBackend primary) {
        return Set.of();
    }

    private void poll() {
        try {
            if (look.test(context.getClient())) {
                context.getPrimaryCache().list().forEach(this::wake);
            }
        } catch (RuntimeException e) {
            LOG.warn("The API server does not answer about {}: {}", name(), ApiFailure.describe(e));
        }
    }

    private void wake(MiniProgramBackend backend) {
        getEventHandler().handleEvent(new Event(ResourceID.fromResource(backend)));
    }
}

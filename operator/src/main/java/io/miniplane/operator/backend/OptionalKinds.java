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
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks now and then which of the kinds that not every cluster has this one knows, and wakes all backends on a change. */
final class OptionalKinds extends AbstractEventSource<HasMetadata, MiniProgramBackend> {

    private static final Logger LOG = LoggerFactory.getLogger(OptionalKinds.class);

    private final EventSourceContext<MiniProgramBackend> context;
    private final Set<Class<? extends HasMetadata>> kinds;
    private final Duration interval;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("optional-kinds").factory());
    private volatile Set<Class<? extends HasMetadata>> known = Set.of();

    /** @param kinds those to ask for */
    OptionalKinds(
            EventSourceContext<MiniProgramBackend> context,
            Set<Class<? extends HasMetadata>> kinds,
            Duration interval) {
        super(HasMetadata.class, "optional-kinds");
        this.context = context;
        this.kinds = kinds;
        this.interval = interval;
    }

    /** Those that the cluster knew when it was asked last. */
    Set<Class<? extends HasMetadata>> known() {
        return known;
    }

    @Override
    public void start() {
        super.start();
        look();
        var _ = clock.scheduleWithFixedDelay(
                this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
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

    private void look() {
        try {
            KubernetesClient client = context.getClient();
            Set<Class<? extends HasMetadata>> now =
                    kinds.stream().filter(client::supports).collect(Collectors.toUnmodifiableSet());
            if (!now.equals(known)) {
                known = now;
                LOG.info(
                        "The cluster knows of the optional kinds: {}.",
                        now.stream().map(HasMetadata::getKind).sorted().collect(Collectors.joining(", ")));
                context.getPrimaryCache().list().forEach(this::wake);
            }
        } catch (RuntimeException e) {
            LOG.warn("The API server does not say which kinds it knows: {}", ApiFailure.describe(e));
        }
    }

    private void wake(MiniProgramBackend backend) {
        getEventHandler().handleEvent(new Event(ResourceID.fromResource(backend)));
    }
}

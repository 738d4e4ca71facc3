package io.miniplane.operator.backend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.BackendObjects;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks now and then whether the cluster knows the kind of alerts, and wakes all backends when that changes. */
final class AlertsKind extends AbstractEventSource<PrometheusRule, MiniProgramBackend> {

    private static final Logger LOG = LoggerFactory.getLogger(AlertsKind.class);

    private final EventSourceContext<MiniProgramBackend> context;
    private final Duration interval;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("alerts-kind").factory());
    private volatile boolean known;

    AlertsKind(EventSourceContext<MiniProgramBackend> context, Duration interval) {
        super(PrometheusRule.class, "alerts-kind");
        this.context = context;
        this.interval = interval;
    }

    boolean isKnown() {
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
    public Set<PrometheusRule> getSecondaryResources(MiniProgramBackend primary) {
        return Set.of();
    }

    private void look() {
        try {
            KubernetesClient client = context.getClient();
            boolean now = client.supports(BackendObjects.alertsKind());
            if (now != known) {
                known = now;
                LOG.info("The cluster {} PrometheusRule.", now ? "knows" : "no longer knows");
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

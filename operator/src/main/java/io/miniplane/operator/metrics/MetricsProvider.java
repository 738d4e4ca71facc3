package io.miniplane.operator.metrics;

import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.Queue;
import io.miniplane.operator.metrics.ProviderState.Registration;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows who provides external metrics in the cluster, and makes it be this operator where a backend needs that and nobody else does. What others
 * registered is never touched.
 */
public final class MetricsProvider {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsProvider.class);
    private static final String NAME = ExternalMetricsApi.VERSION + "." + ExternalMetricsApi.GROUP;

    private final Optional<MetricsService> service;
    private final Optional<MetricsServer> server;
    private final Duration interval;
    private volatile ProviderState state;
    private volatile boolean waitsForCertificates;

    /**
     * @param service how the API server finds this operator, if it can
     * @param server what it finds there
     * @param interval how often to look who provides
     */
    public MetricsProvider(Optional<MetricsService> service, Optional<MetricsServer> server, Duration interval) {
        this.service = service;
        this.server = server;
        this.interval = interval;
        this.state = new ProviderState(new Registration.Unreadable(), service.isPresent());
    }

    /** Where an autoscaler reads that belongs to a backend with this wish. */
    public MetricSource resolve(Queue.Source wanted) {
        return state.resolve(wanted);
    }

    /** Makes what looks and wakes all backends when the provider changes. */
    public EventSource<?, MiniProgramBackend> eventSource(EventSourceContext<MiniProgramBackend> context) {
        return new Look(context);
    }

    /** Registers this operator where nobody is, or tells the API server of new certificates. */
    public synchronized void register(KubernetesClient client) {
        boolean needed =
                switch (state.registration()) {
                    case Registration.Absent() -> true;
                    case Registration.Ours(boolean upToDate) -> !upToDate;
                    case Registration.Others(String _), Registration.Unreadable() -> false;
                };
        if (!needed || service.isEmpty()) {
            return;
        }
        waitsForCertificates = server.flatMap(MetricsServer::bundle).isEmpty();
        server.flatMap(MetricsServer::bundle).ifPresent(bundle -> {
            client.resource(registration(service.get(), bundle))
                    .fieldManager("miniplane")
                    .serverSideApply();
            state = new ProviderState(new Registration.Ours(true), true);
            LOG.info("The operator provides external metrics from now on.");
        });
    }

    private static APIService registration(MetricsService service, String bundle) {
        return new APIServiceBuilder()
                .withNewMetadata()
                .withName(NAME)
                .addToLabels("app.kubernetes.io/managed-by", "miniplane")
                .endMetadata()
                .withNewSpec()
                .withGroup(ExternalMetricsApi.GROUP)
                .withVersion(ExternalMetricsApi.VERSION)
                .withGroupPriorityMinimum(100)
                .withVersionPriority(100)
                .withCaBundle(bundle)
                .withNewService()
                .withName(service.name())
                .withNamespace(service.namespace())
                .withPort(MetricsService.PORT)
                .endService()
                .endSpec()
                .build();
    }

    private ProviderState look(KubernetesClient client) {
        return new ProviderState(registered(client), service.isPresent());
    }

    private Registration registered(KubernetesClient client) {
        try {
            APIService found = client.apiServices().withName(NAME).get();
            return found == null ? new Registration.Absent() : registered(found);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return new Registration.Unreadable();
            }
            throw e;
        }
    }

    private Registration registered(APIService found) {
        var reference = found.getSpec().getService();
        if (reference == null) {
            return new Registration.Others("the API server itself");
        }
        var provider = new MetricsService(reference.getNamespace(), reference.getName());
        return service.filter(provider::equals).isPresent()
                ? new Registration.Ours(server.flatMap(MetricsServer::bundle)
                        .map(bundle -> bundle.equals(found.getSpec().getCaBundle()))
                        .orElse(true))
                : new Registration.Others("Service " + provider.namespace() + "/" + provider.name());
    }

    private final class Look extends AbstractEventSource<APIService, MiniProgramBackend> {

        private final EventSourceContext<MiniProgramBackend> context;
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("metrics-provider").factory());

        Look(EventSourceContext<MiniProgramBackend> context) {
            super(APIService.class, "metrics-provider");
            this.context = context;
        }

        @Override
        public void start() {
            super.start();
            // Without knowing who provides, autoscalers would be changed back and forth: then the start fails.
            state = MetricsProvider.this.look(context.getClient());
            var _ = clock.scheduleWithFixedDelay(
                    this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void stop() {
            super.stop();
            clock.shutdownNow();
        }

        @Override
        public Set<APIService> getSecondaryResources(MiniProgramBackend primary) {
            return Set.of();
        }

        private void look() {
            try {
                ProviderState before = state;
                ProviderState now = MetricsProvider.this.look(context.getClient());
                state = now;
                boolean canRegister = waitsForCertificates
                        && server.flatMap(MetricsServer::bundle).isPresent();
                if (!now.equals(before) || canRegister) {
                    LOG.info("External metrics: {}", now.registration());
                    context.getPrimaryCache().list().forEach(this::wake);
                }
            } catch (RuntimeException e) {
                LOG.warn("The API server does not say who provides external metrics: {}", e.getMessage());
            }
        }

        private void wake(MiniProgramBackend backend) {
            getEventHandler().handleEvent(new Event(ResourceID.fromResource(backend)));
        }
    }
}

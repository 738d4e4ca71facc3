package io.miniplane.operator.metrics;

import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.miniplane.crd.v1alpha1.Queue;
import io.miniplane.operator.metrics.ProviderState.Registration;
import java.net.HttpURLConnection;
import java.util.Optional;
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
    private volatile ProviderState state;
    private volatile boolean waitsForCertificates;

    /**
     * @param service how the API server finds this operator, if it can
     * @param server what it finds there
     */
    public MetricsProvider(Optional<MetricsService> service, Optional<MetricsServer> server) {
        this.service = service;
        this.server = server;
        this.state = new ProviderState(new Registration.Unreadable(), service.isPresent());
    }

    /**
     * Where an autoscaler reads that belongs to a backend with this wish.
     *
     * @param hasKeda whether KEDA is installed
     */
    public MetricSource resolve(Queue.Source wanted, boolean hasKeda) {
        return state.resolve(wanted, hasKeda);
    }

    /** Asks the API server who provides; says whether that has changed, or {@link #register} has to be called again. */
    public boolean look(KubernetesClient client) {
        ProviderState before = state;
        var now = new ProviderState(registered(client), service.isPresent());
        state = now;
        boolean canRegister =
                waitsForCertificates && server.flatMap(MetricsServer::bundle).isPresent();
        if (now.equals(before)) {
            return canRegister;
        }
        LOG.info("External metrics: {}", now.registration());
        return true;
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
}

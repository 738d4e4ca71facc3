package io.miniplane.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.backend.BackendReconciler;
import io.miniplane.operator.metrics.MetricsProvider;
import io.miniplane.operator.metrics.MetricsServer;
import io.miniplane.operator.objects.BackendObjects;
import io.miniplane.operator.rotation.KeyRotations;
import io.miniplane.operator.signals.SignalsWatch;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator as a whole: what it is made of, how it starts and how it stops. */
final class OperatorProgram implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorProgram.class);
    private static final int THREADS = 8;
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    private static final Duration SAFETY_NET = Duration.ofMinutes(10);
    private static final Duration LAST_WORK = Duration.ofSeconds(15);

    private final KubernetesClient client;
    private final Optional<Leadership> leadership;
    private final Operator operator;
    private final BackendReconciler reconciler;
    private final Health health;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpEndpoints http;
    private final Optional<MetricsServer> externalMetrics;

    /**
     * Puts the parts together and starts to answer on the HTTP port; nothing is watched yet.
     *
     * @param onLoss ends the process when another operator has taken over
     */
    OperatorProgram(Settings settings, Config cluster, Runnable onLoss) throws IOException {
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(cluster)
                        .withUserAgent("miniplane-operator")
                        .build())
                .build();
        leadership = settings.election().enabled()
                ? Optional.of(new Leadership(leaseNamespace(settings), settings.instance(), onLoss))
                : Optional.empty();
        operator = new Operator(this::configure);
        var signals = new SignalsWatch(settings.signalsInterval(), InstantSource.system());
        externalMetrics = serveExternalMetrics(settings.externalMetrics(), signals);
        reconciler = new BackendReconciler(
                settings.serverImage(),
                new BackendObjects(settings.runbooks(), operatorUrl(settings)),
                settings.instance(),
                settings.discoveryInterval(),
                signals,
                new MetricsProvider(settings.externalMetrics().service(), externalMetrics),
                new KeyRotations(settings.keySettle(), settings.signalsInterval(), InstantSource.system()));
        operator.register(reconciler, controller -> configure(controller, settings));
        health = new Health(
                () -> operator.getRuntimeInfo().isStarted(),
                () -> operator.getRuntimeInfo().unhealthyInformerWrappingEventSourceHealthIndicator().values().stream()
                        .allMatch(java.util.Map::isEmpty),
                Clock.systemUTC());
        bindMetrics();
        count(reconciler);
        new KeyGauges(reconciler::known, InstantSource.system()).register(metrics.getPrometheusRegistry());
        http = HttpEndpoints.start(settings.httpPort(), health, metrics, new QueueEndpoint(signals::queueLengths));
    }

    /** Watches the cluster and acts, once it is this operator's turn. */
    void start() {
        operator.start();
        LOG.info("The operator watches; health and metrics are on port {}.", http.port());
    }

    /** The port of health and metrics. */
    int httpPort() {
        return http.port();
    }

    /** The port of external metrics, where they are served. */
    Optional<Integer> externalMetricsPort() {
        return externalMetrics.map(MetricsServer::port);
    }

    /** Finishes running work, gives the turn to another operator, and closes everything. */
    @Override
    public void close() {
        health.stop();
        leadership.ifPresent(Leadership::stop);
        reconciler.stop();
        operator.stop();
        leadership.ifPresent(lease -> lease.release(client));
        externalMetrics.ifPresent(MetricsServer::close);
        client.close();
        http.close();
        LOG.info("The operator has stopped.");
    }

    private Optional<MetricsServer> serveExternalMetrics(Settings.ExternalMetrics wanted, SignalsWatch signals)
            throws IOException {
        return wanted.service().isEmpty()
                ? Optional.empty()
                : Optional.of(new MetricsServer(
                        client, wanted.service().get(), wanted.port(), signals::queueLengths, InstantSource.system()));
    }

    /** Where others in the cluster reach health, metrics and queues, if they do. */
    private static String operatorUrl(Settings settings) {
        return settings.externalMetrics()
                .service()
                .map(service -> "http://%s:%d".formatted(service.dnsName(), settings.httpPort()))
                .orElse("");
    }

    private String leaseNamespace(Settings settings) {
        return settings.election()
                .leaseNamespace()
                .orElseGet(() ->
                        Objects.requireNonNullElse(client.getConfiguration().getNamespace(), "default"));
    }

    private void configure(ConfigurationServiceOverrider sdk) {
        sdk.withKubernetesClient(client)
                .withResourceCloner(new FaithfulCloner(client.getKubernetesSerialization()))
                .withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(THREADS)
                .withConcurrentWorkflowExecutorThreads(1)
                .withReconciliationTerminationTimeout(LAST_WORK)
                .withPreviousAnnotationForDependentResources(false)
                .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(metrics));
        leadership.map(Leadership::configuration).ifPresent(sdk::withLeaderElectionConfiguration);
    }

    private static void configure(ControllerConfigurationOverrider<MiniProgramBackend> controller, Settings settings) {
        controller
                .withRetry(new GenericRetry()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setIntervalMultiplier(2)
                        .setMaxInterval(LONGEST_RETRY.toMillis())
                        .withoutMaxAttempts())
                .withReconciliationMaxInterval(SAFETY_NET)
                .withOnUpdateFilter((now, before) -> isNews(now, before));
        if (!settings.namespaces().isEmpty()) {
            controller.settingNamespaces(settings.namespaces());
        }
    }

    /** Tells what an owner changed from what the operator reported. */
    private static boolean isNews(MiniProgramBackend now, MiniProgramBackend before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Objects.equals(
                        now.getMetadata().getAnnotations(), before.getMetadata().getAnnotations());
    }

    private void count(BackendReconciler reconciler) {
        for (Status ready : Status.values()) {
            Gauge.builder("miniplane.backends", reconciler, known -> known.count(ready))
                    .description("Backends by the status of their condition Ready")
                    .tag("ready", ready.name().toLowerCase(Locale.ROOT))
                    .register(metrics);
        }
    }

    @SuppressWarnings("resource") // JvmGcMetrics lives as long as the process.
    private void bindMetrics() {
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmGcMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
    }
}

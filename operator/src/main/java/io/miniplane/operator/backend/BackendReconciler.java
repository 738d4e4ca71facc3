package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.ResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendStatus;
import io.miniplane.operator.metrics.MetricSource;
import io.miniplane.operator.metrics.MetricsProvider;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.BackendObjects;
import io.miniplane.operator.objects.Change;
import io.miniplane.operator.objects.Component;
import io.miniplane.operator.objects.Credentials;
import io.miniplane.operator.objects.ForeignObjectException;
import io.miniplane.operator.objects.KeysReport;
import io.miniplane.operator.objects.Scaling;
import io.miniplane.operator.rotation.KeyProgress;
import io.miniplane.operator.rotation.KeyRotations;
import io.miniplane.operator.signals.SignalsWatch;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the objects of a backend be as its manifest asks, and reports how they are. */
@ControllerConfiguration(
        name = BackendReconciler.NAME,
        fieldManager = Backend.MANAGER,
        generationAwareEventProcessing = false)
public final class BackendReconciler implements Reconciler<MiniProgramBackend> {

    /** Name of the controller, as metrics show it. */
    public static final String NAME = "miniprogrambackend";

    private final BackendObjects objects;
    private final ReferencedSecrets secrets = new ReferencedSecrets();
    private final PodWatch pods = new PodWatch();
    private final Releases releases;
    private final StatusReport statusReport;
    private final Announcements announcements;
    private final String serverImage;
    private final Duration discoveryInterval;
    private final SignalsWatch signals;
    private final MetricsProvider metrics;
    private final KeyRotations rotations;
    private final OptionalKinds optionalKinds;
    private volatile boolean stopping;
    private volatile @Nullable ResourceCache<MiniProgramBackend> backends;

    /**
     * @param serverImage image of backends that name none
     * @param objects what backends are made of
     * @param instance name of this process, which events show as their source
     * @param discoveryInterval how often to ask which kinds the cluster knows and who provides metrics
     * @param signals what the servers tell of themselves
     * @param metrics who tells autoscalers how many events wait
     * @param rotations replaces the keys
     */
    public BackendReconciler(
            String serverImage,
            BackendObjects objects,
            String instance,
            Duration discoveryInterval,
            SignalsWatch signals,
            MetricsProvider metrics,
            KeyRotations rotations) {
        this.objects = objects;
        this.optionalKinds = new OptionalKinds(objects.optionalKinds());
        this.releases = new Releases(objects, pods, signals, Clock.systemUTC());
        this.serverImage = serverImage;
        this.discoveryInterval = discoveryInterval;
        this.signals = signals;
        this.metrics = metrics;
        this.rotations = rotations;
        this.statusReport = new StatusReport(Clock.systemUTC());
        this.announcements = new Announcements(instance);
    }

    @Override
    public List<EventSource<?, MiniProgramBackend>> prepareEventSources(
            EventSourceContext<MiniProgramBackend> context) {
        backends = context.getPrimaryCache();
        var sources = new ArrayList<>(objects.eventSources(context));
        sources.add(secrets.eventSource(context));
        sources.addAll(signals.eventSources(context));
        sources.add(pods.eventSource(context));
        sources.add(new ClusterPoll(context, "metrics-provider", metrics::look, discoveryInterval));
        sources.add(new ClusterPoll(context, "optional-kinds", optionalKinds::look, discoveryInterval));
        return sources;
    }

    /** How many backends are reported as ready, or as not ready, or as neither so far ({@code UNKNOWN}). */
    public long count(Condition.Status ready) {
        return known().filter(backend -> Conditions.readiness(StatusReport.conditionsOf(backend)) == ready)
                .count();
    }

    /** The backends that there are, as last seen. */
    public Stream<MiniProgramBackend> known() {
        ResourceCache<MiniProgramBackend> known = backends;
        return known == null ? Stream.empty() : known.list();
    }

    @Override
    public UpdateControl<MiniProgramBackend> reconcile(
            MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        objects.follow(optionalKinds.known(), context);
        CredentialCheck check = check(primary, context);
        var changes = new ArrayList<Change>();
        new Backend(primary, "", new Credentials(Map.of())).putInto(context);
        boolean understood = primary.getUnreadable().isEmpty();
        if (!primary.getSpec().paused() && !stopping && understood) {
            changes.addAll(objects.applyDatabase(primary, context));
        }
        Release release = release(primary, check, context).without(primary.getUnreadable());
        changes.addAll(release.changes());
        KeyProgress rotation = rotate(primary, context);
        Findings findings = find(primary, check, rotation, release, context);
        if (stopping) {
            return UpdateControl.noUpdate();
        }
        MiniProgramBackendStatus status = statusReport.of(primary, findings);
        announcements.announce(primary, status, changes, release.remarks(), context.getClient());
        UpdateControl<MiniProgramBackend> control = status.equals(primary.getStatus())
                ? UpdateControl.noUpdate()
                : UpdateControl.patchStatus(withStatus(primary, status));
        Stream.of(release.lookAgain(), rotation.lookAgain())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .ifPresent(control::rescheduleAfter);
        return control;
    }

    /** Makes this the last pass: what watches find is no longer the truth once they are being closed. */
    public void stop() {
        stopping = true;
    }

    @Override
    public ErrorStatusUpdateControl<MiniProgramBackend> updateErrorStatus(
            MiniProgramBackend primary, Context<MiniProgramBackend> context, Exception failure) {
        if (isFirstAttempt(context) && !(failure instanceof ForeignObjectException)) {
            return ErrorStatusUpdateControl.noStatusUpdate();
        }
        Release unknown = Release.NONE.reportedOf(primary);
        Findings findings = find(primary, check(primary, context), KeyProgress.NONE, unknown, context)
                .withFailure(failure);
        if (stopping) {
            return ErrorStatusUpdateControl.noStatusUpdate();
        }
        MiniProgramBackendStatus status = statusReport.of(primary, findings);
        announcements.announce(primary, status, List.of(), List.of(), context.getClient());
        return status.equals(primary.getStatus())
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(withStatus(primary, status));
    }

    private CredentialCheck check(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        String namespace = primary.getMetadata().getNamespace();
        return CredentialCheck.of(primary, name -> secrets.read(namespace, name, context.getClient()))
                .orElse(objects.credentials(primary, context), primary);
    }

    private static boolean canHaveKeys(KeysReport keys) {
        return keys instanceof KeysReport.Usable || keys instanceof KeysReport.Absent;
    }

    private Release release(MiniProgramBackend primary, CredentialCheck check, Context<MiniProgramBackend> context) {
        if (stopping || !canHaveKeys(objects.keys(primary, context))) {
            return Release.NONE.reportedOf(primary);
        }
        Optional<Backend> wanted = check.usable()
                .filter(credentials -> primary.getUnreadable().isEmpty())
                .map(credentials -> new Backend(primary, imageOf(primary), credentials));
        return primary.getSpec().paused()
                ? releases.recall(primary, wanted, context)
                : releases.bring(primary, wanted, version -> apply(version, context), context);
    }

    private KeyProgress rotate(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return stopping
                ? KeyProgress.NONE
                : rotations.advance(
                        primary,
                        objects.keys(primary, context),
                        pods.of(primary),
                        signals.readings(primary),
                        objects,
                        context);
    }

    private String imageOf(MiniProgramBackend primary) {
        return Optional.ofNullable(primary.getSpec().image())
                .filter(name -> !name.isBlank())
                .orElse(serverImage);
    }

    private List<Change> apply(Backend version, Context<MiniProgramBackend> context) {
        MetricSource source = queueMetric(version.resource());
        if (source instanceof MetricSource.Operator) {
            metrics.register(context.getClient());
        }
        Scaling scaling = new Scaling(signals.assessment(version.resource()).tier(), metric(source));
        version.scaled(scaling).putInto(context);
        return objects.apply(version.resource(), context);
    }

    private Findings find(
            MiniProgramBackend primary,
            CredentialCheck check,
            KeyProgress rotation,
            Release release,
            Context<MiniProgramBackend> context) {
        return new Findings(
                primary.getSpec().paused(),
                check,
                objects.keys(primary, context),
                rotation,
                servers(Component.API, primary, context),
                servers(Component.WORKER, primary, context),
                release.setback(),
                release.canary(),
                objects.leftOut(primary),
                signals.assessment(primary),
                queueMetric(primary),
                null);
    }

    private MetricSource queueMetric(MiniProgramBackend primary) {
        return metrics.resolve(
                primary.getSpec().worker().queue().source(), BackendObjects.haveKeda(optionalKinds.known()));
    }

    private static Scaling.Metric metric(MetricSource source) {
        return switch (source) {
            case MetricSource.Keda() -> Scaling.Metric.KEDA;
            case MetricSource.External(), MetricSource.Operator() -> Scaling.Metric.EXTERNAL;
            case MetricSource.None _ -> Scaling.Metric.NONE;
        };
    }

    private Servers servers(Component component, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return new Servers(
                component,
                objects.deployment(component, primary, context),
                objects.autoscaler(component, primary, context));
    }

    private static boolean isFirstAttempt(Context<MiniProgramBackend> context) {
        return context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0) == 0;
    }

    /** An object with nothing but a status: applying it claims no other field. */
    private static MiniProgramBackend withStatus(MiniProgramBackend primary, MiniProgramBackendStatus status) {
        var fresh = new MiniProgramBackend();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(primary.getMetadata().getName())
                .withNamespace(primary.getMetadata().getNamespace())
                .build());
        fresh.setStatus(status);
        return fresh;
    }
}

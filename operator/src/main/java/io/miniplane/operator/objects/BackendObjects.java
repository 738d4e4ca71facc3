package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All objects of a backend, in the order in which they are applied: what pods need before the pods. */
public final class BackendObjects {

    private final KeysSecret keys = new KeysSecret();
    private final CredentialsSecret credentials = new CredentialsSecret();
    private final ServerDeployment api = new ServerDeployment(Component.API, ApiAutoscaler::fewestPods);
    private final ServerDeployment worker = new ServerDeployment(Component.WORKER, WorkerAutoscaler::fewestPods);
    private final ApiAutoscaler apiAutoscaler = new ApiAutoscaler();
    private final WorkerAutoscaler workerAutoscaler = new WorkerAutoscaler();
    private final BackendAlerts alerts;
    private final OwnedKind<PrometheusRule> alertsKind;

    /** Workers go first: whatever api pods leave to them is taken up at once. */
    private final List<OwnedKind<?>> kinds = List.of(
            new OwnedKind<>(Secret.class, List.of(keys, credentials)),
            new OwnedKind<>(ServiceAccount.class, List.of(new BackendServiceAccount())),
            new OwnedKind<>(ConfigMap.class, List.of(new BackendConfigMap())),
            new OwnedKind<>(
                    Service.class,
                    List.of(
                            new BackendService(),
                            new ManagementService(Component.API),
                            new ManagementService(Component.WORKER))),
            new OwnedKind<>(Deployment.class, List.of(worker, api)),
            new OwnedKind<>(HorizontalPodAutoscaler.class, List.of(workerAutoscaler, apiAutoscaler)),
            new OwnedKind<>(
                    PodDisruptionBudget.class,
                    List.of(new DisruptionBudget(Component.WORKER), new DisruptionBudget(Component.API))));

    /** @param runbooks where alerts send people: a folder of pages */
    public BackendObjects(String runbooks) {
        alerts = new BackendAlerts(runbooks);
        alertsKind = new OwnedKind<>(PrometheusRule.class, List.of(alerts));
    }

    /** What a pass over the objects did to one of them. */
    public record Change(String kind, String name, boolean created) {}

    /** Makes what watches the objects; those that not every cluster knows are watched by {@link #watchAlerts}. */
    public List<EventSource<?, MiniProgramBackend>> eventSources(EventSourceContext<MiniProgramBackend> context) {
        return kinds.stream()
                .<EventSource<?, MiniProgramBackend>>map(kind -> kind.watch(context))
                .toList();
    }

    /** Applies what differs; says what was done, in order. */
    public List<Change> apply(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        var changes = new ArrayList<Change>();
        kinds.forEach(kind -> kind.apply(primary, context, changes));
        return changes;
    }

    /** Applies the alerts; only for a cluster that knows their kind. */
    public List<Change> applyAlerts(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        var changes = new ArrayList<Change>();
        alertsKind.apply(primary, context, changes);
        return changes;
    }

    /** Starts watching alerts, after which {@link #applyAlerts} can be used. */
    public void watchAlerts(Context<MiniProgramBackend> context) {
        var retriever = context.eventSourceRetriever();
        var source = alertsKind.watch(retriever.eventSourceContextForDynamicRegistration());
        retriever.dynamicallyRegisterEventSource(source);
    }

    /** Stops watching alerts, whose kind the cluster has forgotten. */
    public void forgetAlerts(Context<MiniProgramBackend> context) {
        alerts.eventSource().ifPresent(source -> {
            context.eventSourceRetriever().dynamicallyDeRegisterEventSource(source.name());
            alerts.setEventSource(null);
        });
    }

    /** Whether alerts are being watched. */
    public boolean watchesAlerts() {
        return alerts.eventSource().isPresent();
    }

    /** The Deployment of a component as it was last seen. */
    public Optional<Deployment> deployment(
            Component component, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        var deployment = component == Component.API ? api : worker;
        return deployment.getSecondaryResource(primary, context);
    }

    /** The autoscaler of a component as it was last seen. */
    public Optional<HorizontalPodAutoscaler> autoscaler(
            Component component, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        var autoscaler = component == Component.API ? apiAutoscaler : workerAutoscaler;
        return autoscaler.getSecondaryResource(primary, context);
    }

    /** What the servers of this backend were given to sign in with, as last seen. */
    public Optional<Credentials> credentials(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        String owner = primary.getMetadata().getUid();
        return credentials
                .getSecondaryResource(primary, context)
                .filter(secret -> secret.getMetadata().getOwnerReferences().stream()
                        .anyMatch(reference -> reference.getUid().equals(owner)))
                .map(CredentialsSecret::read);
    }

    /** The keys as they were last seen; keys that a backend had and that are gone are lost, not replaced. */
    public KeysReport keys(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        String secret = keys.idFor(primary).getName();
        KeysReport report = KeysReport.of(secret, keys.getSecondaryResource(primary, context));
        boolean lost = report instanceof KeysReport.Absent
                && !Backend.deletesKeys(primary)
                && (hadKeys(primary) || hadKeys(asStored(primary, context)))
                && !exists(secret, primary, context);
        return lost ? KeysReport.lost(secret, primary.getMetadata().getName()) : report;
    }

    /** Asks the API server: before keys are made, a status that was just written must not be overlooked. */
    private static @Nullable MiniProgramBackend asStored(
            MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return context.getClient().resource(primary).get();
    }

    private static boolean hadKeys(@Nullable MiniProgramBackend primary) {
        return primary != null
                && primary.getStatus() != null
                && primary.getStatus().keys() != null
                && primary.getStatus().keys().primaryKeyId() != null;
    }

    /** Asks the API server: a Secret that lost our label is not seen among the watched ones. */
    private static boolean exists(String secret, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return context.getClient()
                        .secrets()
                        .inNamespace(primary.getMetadata().getNamespace())
                        .withName(secret)
                        .get()
                != null;
    }

    /** The kind of the alerts. */
    public static Class<PrometheusRule> alertsKind() {
        return PrometheusRule.class;
    }
}

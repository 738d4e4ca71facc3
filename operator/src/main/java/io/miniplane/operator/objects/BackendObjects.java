package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All objects of a backend, in the order in which they are applied: what pods need before the pods. */
public final class BackendObjects {

    private final KeysSecret keys = new KeysSecret();
    private final CredentialsSecret credentials = new CredentialsSecret();
    private final LastGoodSecret lastGood = new LastGoodSecret(this::version);
    private final ServerDeployment api = new ServerDeployment(Component.API, ApiAutoscaler::fewestPods);
    private final ServerDeployment worker = new ServerDeployment(Component.WORKER, WorkerAutoscaler::fewestPods);
    private final ApiAutoscaler apiAutoscaler = new ApiAutoscaler();
    private final WorkerAutoscaler workerAutoscaler = new WorkerAutoscaler();
    private final List<OptionalKind> optional;
    private final OptionalKind database =
            OptionalKind.of(Provider.CLOUD_NATIVE_PG, Cluster.class, new DatabaseCluster());

    /** Workers go first: whatever api pods leave to them is taken up at once. */
    private final List<OwnedKind<?>> kinds = List.of(
            new OwnedKind<>(Secret.class, List.of(keys, credentials, lastGood)),
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
                    List.of(new DisruptionBudget(Component.WORKER), new DisruptionBudget(Component.API))),
            new OwnedKind<>(NetworkPolicy.class, List.of(new PodNetworkPolicy(), new ApiNetworkPolicy())),
            new OwnedKind<>(Ingress.class, List.of(new BackendIngress())),
            new OwnedKind<>(CronJob.class, List.of(new MonthlyReportJob())));

    /** @param runbooks where alerts send people: a folder of pages */
    public BackendObjects(String runbooks) {
        optional = List.of(
                database,
                OptionalKind.of(Provider.GATEWAY_API, HTTPRoute.class, new BackendRoute()),
                OptionalKind.of(Provider.ISTIO, VirtualService.class, new BackendVirtualService()),
                OptionalKind.of(Provider.ISTIO, DestinationRule.class, new BackendDestinationRule()),
                OptionalKind.of(Provider.ISTIO, PeerAuthentication.class, new BackendPeerAuthentication()),
                OptionalKind.of(Provider.PROMETHEUS_OPERATOR, ServiceMonitor.class, new BackendMonitor()),
                OptionalKind.of(Provider.PROMETHEUS_OPERATOR, PrometheusRule.class, new BackendAlerts(runbooks)));
    }

    /** Makes what watches the objects; those that not every cluster knows are watched by {@link #follow}. */
    public List<EventSource<?, MiniProgramBackend>> eventSources(EventSourceContext<MiniProgramBackend> context) {
        return kinds.stream()
                .<EventSource<?, MiniProgramBackend>>map(kind -> kind.watch(context))
                .toList();
    }

    /** The kinds that not every cluster has. */
    public Set<Class<? extends HasMetadata>> optionalKinds() {
        return optional.stream().map(each -> each.kind().type()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Starts or stops watching kinds as the cluster learns or forgets them.
     *
     * @param known those of the optional kinds that it knows
     */
    public synchronized void follow(Set<Class<? extends HasMetadata>> known, Context<MiniProgramBackend> context) {
        optional.forEach(each -> each.follow(known, context));
    }

    /** What a backend goes without because the cluster doesn't know the kind. */
    public List<LeftOut> leftOut(MiniProgramBackend primary) {
        return optional.stream()
                .filter(each -> each.isMissedBy(primary.getSpec()))
                .map(each -> LeftOut.of(each.kind().type(), each.provider()))
                .toList();
    }

    /** Applies the database if the backend gets one of its own, which it needs before anything else. */
    public List<Change> applyDatabase(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return apply(Stream.of(database.kind()), primary, context);
    }

    /** Applies what differs, but for the database, and removes what isn't wanted any more; says what was done, in order. */
    public List<Change> apply(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        var others = optional.stream().filter(each -> !each.equals(database)).map(OptionalKind::kind);
        return apply(Stream.concat(kinds.stream(), others), primary, context);
    }

    private static List<Change> apply(
            Stream<OwnedKind<?>> kinds, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        var changes = new ArrayList<Change>();
        kinds.filter(OwnedKind::isWatched).forEach(kind -> kind.apply(primary, context, changes));
        return changes;
    }

    /** What applying a backend would do; the API server is asked, and nothing is changed. */
    public List<Planned> plan(Backend backend, KubernetesClient client) {
        var known = optional.stream().map(OptionalKind::kind).filter(kind -> client.supports(kind.type()));
        return Stream.concat(kinds.stream(), known)
                .flatMap(kind -> kind.plan(backend, client))
                .toList();
    }

    /** The Deployment of a component as it was last seen. */
    public Optional<Deployment> deployment(
            Component component, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        var deployment = component == Component.API ? api : worker;
        return deployment.getSecondaryResource(primary, context);
    }

    /** All Deployments of a backend as they were last seen. */
    public List<Deployment> deployments(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return Stream.of(api, worker)
                .flatMap(deployment -> deployment.getSecondaryResource(primary, context).stream())
                .toList();
    }

    /** The version of the pods that a backend is to have: another one whenever pods have to be replaced. */
    public String version(Backend backend) {
        return PodVersion.of(api.render(backend)) + "-" + PodVersion.of(worker.render(backend));
    }

    /** What worked last, if anything ever did. */
    public Optional<LastGood> lastGood(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return lastGood.read(primary, context);
    }

    /** Remembers what works. */
    public void remember(LastGood good, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        lastGood.remember(good, primary, context);
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
}

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
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import java.time.Instant;
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
    private final KnownKeys knownKeys = new KnownKeys();
    private final CredentialsSecret credentials = new CredentialsSecret();
    private final LastGoodSecret lastGood = new LastGoodSecret(this::version);
    private final ServerDeployment api = new ServerDeployment(Component.API, ApiAutoscaler::fewestPods);
    private final ServerDeployment worker = new ServerDeployment(Component.WORKER, WorkerAutoscaler::fewestPods);
    private final ApiAutoscaler apiAutoscaler = new ApiAutoscaler();
    private final WorkerAutoscaler workerAutoscaler = new WorkerAutoscaler();
    private final CanaryObject<Deployment> canary = CanaryObject.deployment();
    private final CanaryObject<Secret> canaryCredentials = CanaryObject.credentials();
    private final CanaryObject<ConfigMap> canarySettings = CanaryObject.settings();
    private final CanaryObject<Service> canaryAddress = CanaryObject.address();
    private final CanaryObject<Service> canaryManagement = CanaryObject.management();
    private final List<OwnedObject<?>> onTrial =
            List.of(canaryCredentials, canarySettings, canaryAddress, canaryManagement, canary);
    private final List<OptionalKind> optional;
    private final List<OptionalKind> routes = List.of(
            OptionalKind.of(Provider.GATEWAY_API, HTTPRoute.class, new BackendRoute()),
            OptionalKind.of(Provider.ISTIO, VirtualService.class, new BackendVirtualService()));
    private final OptionalKind database =
            OptionalKind.of(Provider.CLOUD_NATIVE_PG, Cluster.class, new DatabaseCluster());

    /** Workers go first: whatever api pods leave to them is taken up at once. */
    private final List<OwnedKind<?>> kinds = List.of(
            new OwnedKind<>(Secret.class, List.of(keys, credentials, lastGood, canaryCredentials)),
            new OwnedKind<>(ServiceAccount.class, List.of(new BackendServiceAccount())),
            new OwnedKind<>(ConfigMap.class, List.of(new BackendConfigMap(), canarySettings)),
            new OwnedKind<>(
                    Service.class,
                    List.of(
                            new BackendService(),
                            new ManagementService(Component.API),
                            new ManagementService(Component.WORKER),
                            canaryAddress,
                            canaryManagement)),
            new OwnedKind<>(Deployment.class, List.of(worker, api, canary)),
            new OwnedKind<>(HorizontalPodAutoscaler.class, List.of(workerAutoscaler, apiAutoscaler)),
            new OwnedKind<>(
                    PodDisruptionBudget.class,
                    List.of(new DisruptionBudget(Component.WORKER), new DisruptionBudget(Component.API))),
            new OwnedKind<>(NetworkPolicy.class, List.of(new PodNetworkPolicy(), new ApiNetworkPolicy())),
            new OwnedKind<>(Ingress.class, List.of(new BackendIngress())),
            new OwnedKind<>(CronJob.class, List.of(new MonthlyReportJob())));

    /**
     * @param runbooks where alerts send people: a folder of pages
     * @param operatorUrl where KEDA reaches the operator over HTTP, without a slash at the end
     */
    public BackendObjects(String runbooks, String operatorUrl) {
        var others = List.of(
                OptionalKind.of(Provider.ISTIO, DestinationRule.class, new BackendDestinationRule()),
                OptionalKind.of(Provider.ISTIO, PeerAuthentication.class, new BackendPeerAuthentication()),
                OptionalKind.of(Provider.KEDA, ScaledObject.class, new WorkerScaledObject(operatorUrl)),
                OptionalKind.of(Provider.PROMETHEUS_OPERATOR, ServiceMonitor.class, new BackendMonitor()),
                OptionalKind.of(Provider.PROMETHEUS_OPERATOR, PrometheusRule.class, new BackendAlerts(runbooks)));
        optional = Stream.of(List.of(database), routes, others)
                .flatMap(List::stream)
                .toList();
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

    /**
     * Applies what differs, but for the database, and removes what isn't wanted any more; says what was done, in order.
     *
     * @throws CanaryRefusedException when the objects of a canary are refused; routes are as they were then
     */
    public List<Change> apply(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        var others = optional.stream().filter(each -> !each.equals(database)).map(OptionalKind::kind);
        var changes = new ArrayList<Change>(apply(kinds.stream(), primary, context));
        if (Backend.of(context).canary().isPresent()) {
            changes.addAll(applyCanary(primary, context));
            changes.addAll(apply(others, primary, context));
        } else {
            changes.addAll(apply(others, primary, context));
            changes.addAll(applyCanary(primary, context));
        }
        return changes;
    }

    private List<Change> applyCanary(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        try {
            return onTrial.stream()
                    .flatMap(object -> object.apply(primary, context).stream())
                    .toList();
        } catch (KubernetesClientException refused) {
            throw refused.getCode() == Failure.UNPROCESSABLE ? new CanaryRefusedException(refused) : refused;
        }
    }

    private static List<Change> apply(
            Stream<OwnedKind<?>> kinds, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        var changes = new ArrayList<Change>();
        kinds.filter(OwnedKind::isWatched).forEach(kind -> kind.apply(primary, context, changes));
        return changes;
    }

    /** What applying a backend would do; the API server is asked, and nothing is changed. */
    public List<Planned> plan(Backend version, KubernetesClient client) {
        Backend backend = version.scaled(Scaling.foreseen(
                version.resource(),
                Optional.ofNullable(workerAutoscaler.live(version, client)),
                client.supports(ScaledObject.class)));
        var known = optional.stream().map(OptionalKind::kind).filter(kind -> client.supports(kind.type()));
        return Stream.concat(kinds.stream(), known)
                .flatMap(kind -> kind.plan(backend, client))
                .toList();
    }

    /** The Deployment of a component as it was last seen. */
    public Optional<Deployment> deployment(
            Component component, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return switch (component) {
            case API -> api.getSecondaryResource(primary, context);
            case WORKER -> worker.getSecondaryResource(primary, context);
            case CANARY -> canary.getSecondaryResource(primary, context);
        };
    }

    /** All Deployments of a backend as they were last seen, but for that of a canary. */
    public List<Deployment> deployments(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return Stream.of(api, worker)
                .flatMap(deployment -> deployment.getSecondaryResource(primary, context).stream())
                .toList();
    }

    /** The version of the pods that a backend is to have: another one whenever pods have to be replaced. */
    public String version(Backend backend) {
        return PodVersion.of(api.render(backend)) + "-" + PodVersion.of(worker.render(backend));
    }

    /** The version of the api pods alone. */
    public String apiVersion(Backend backend) {
        return PodVersion.of(api.render(backend));
    }

    /** Whether a Deployment of a canary makes the pods, and as many, that this backend asks for beside its own. */
    public boolean isAsAsked(Deployment live, Backend backend) {
        Deployment asked = canary.render(backend);
        return PodVersion.of(asked).equals(PodVersion.of(live))
                && asked.getSpec().getReplicas().equals(live.getSpec().getReplicas());
    }

    /** Whether a route splits the traffic of a backend between a canary and the others. */
    public boolean isRouted(MiniProgramBackendSpec spec) {
        return routes.stream()
                .anyMatch(route -> route.kind().isWanted(spec) && route.kind().isWatched());
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
        return component == Component.API
                ? apiAutoscaler.getSecondaryResource(primary, context)
                : workerAutoscaler.getSecondaryResource(primary, context).or(() -> autoscalerOfKeda(primary));
    }

    /** KEDA gives it the labels of the ScaledObject, so that it is watched with ours. */
    private Optional<HorizontalPodAutoscaler> autoscalerOfKeda(MiniProgramBackend primary) {
        var id = new ResourceID(
                WorkerScaledObject.autoscalerFor(primary.getMetadata().getName()),
                primary.getMetadata().getNamespace());
        return workerAutoscaler.eventSource().flatMap(source -> source.get(id));
    }

    /** Whether KEDA is among the optional kinds that a cluster knows. */
    public static boolean haveKeda(Set<Class<? extends HasMetadata>> known) {
        return known.contains(ScaledObject.class);
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
        ResourceID id = keys.idFor(primary);
        KeysReport report = knownKeys.read(id, keys.getSecondaryResource(primary, context));
        boolean lost = report instanceof KeysReport.Absent
                && !Backend.deletesKeys(primary)
                && (hadKeys(primary) || hadKeys(asStored(primary, context)))
                && !exists(id, context);
        return lost ? KeysReport.lost(id.getName(), primary.getMetadata().getName()) : report;
    }

    /**
     * Puts a new key into every keyset, which encrypts and signs nothing yet.
     *
     * @param known where the replacement of the keys is known to stand; where it stands elsewhere nothing is done
     */
    public void introduceKeys(
            KeyRotation known, Instant now, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        keys.change(known, live -> live.introduced(now), primary, context);
    }

    /**
     * Brings the replacement of the keys into its next phase.
     *
     * @param known where it is known to stand; where it stands elsewhere nothing is done
     */
    public void advanceKeys(
            KeyRotation known, Instant now, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        keys.change(known, live -> live.next(now), primary, context);
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
    private static boolean exists(ResourceID secret, Context<MiniProgramBackend> context) {
        return context.getClient()
                        .secrets()
                        .inNamespace(secret.getNamespace().orElseThrow())
                        .withName(secret.getName())
                        .get()
                != null;
    }
}

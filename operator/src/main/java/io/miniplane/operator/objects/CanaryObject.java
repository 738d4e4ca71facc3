package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An object that a backend has only while a new version is on trial. It comes before routes lead to it and goes after
 * they lead elsewhere.
 */
final class CanaryObject<R extends HasMetadata> extends OwnedObject<R> {

    private static final String PART = Component.CANARY.label();

    private final Function<CanaryServers, R> rendering;

    private CanaryObject(Class<R> kind, UnaryOperator<String> objectName, Function<CanaryServers, R> rendering) {
        super(kind, objectName);
        this.rendering = rendering;
    }

    /** What its pods sign in with. */
    static CanaryObject<Secret> credentials() {
        UnaryOperator<String> name = backend -> CredentialsSecret.nameFor(Component.CANARY.filesFor(backend));
        return new CanaryObject<>(
                Secret.class,
                name,
                canary -> CredentialsSecret.of(name.apply(canary.version().name()), PART, canary.version()));
    }

    /** The settings of its pods. */
    static CanaryObject<ConfigMap> settings() {
        UnaryOperator<String> name = backend -> BackendConfigMap.nameFor(Component.CANARY.filesFor(backend));
        return new CanaryObject<>(
                ConfigMap.class,
                name,
                canary -> BackendConfigMap.of(name.apply(canary.version().name()), PART, canary.version()));
    }

    /** Where routes send its part of the traffic. */
    static CanaryObject<Service> address() {
        return new CanaryObject<>(
                Service.class,
                CanaryServers::serviceFor,
                canary -> BackendService.of(
                        CanaryServers.serviceFor(canary.version().name()),
                        Component.CANARY,
                        canary.version().selector(Component.CANARY),
                        canary.version()));
    }

    /** Where its pods tell of themselves. */
    static CanaryObject<Service> management() {
        return new CanaryObject<>(
                Service.class,
                Component.CANARY::nameFor,
                canary -> ManagementService.of(Component.CANARY, canary.version()));
    }

    /** Its pods. No autoscaler decides on their number: it follows from the weight. */
    static CanaryObject<Deployment> deployment() {
        return new CanaryObject<>(Deployment.class, Component.CANARY::nameFor, CanaryObject::deployment);
    }

    private static Deployment deployment(CanaryServers canary) {
        Deployment deployment = ServerDeployment.of(Component.CANARY, canary.version());
        deployment.getSpec().setReplicas(canary.pods());
        return deployment;
    }

    @Override
    R render(Backend backend) {
        return rendering.apply(backend.canary().orElseThrow());
    }

    @Override
    boolean isWantedBy(Backend backend) {
        return backend.canary().isPresent();
    }

    /** Other objects lead to it, so its turn depends on whether it comes or goes; plans show where a trial ends. */
    @Override
    boolean isAppliedWithOthers() {
        return false;
    }
}

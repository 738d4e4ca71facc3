package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.miniplane.crd.v1alpha1.Resources;
import java.util.List;

/** A pod of the servers: what runs in it, what it may do, and where it finds its files. */
final class ServerPod {

    private static final long USER = 10_001;
    private static final int READABLE_BY_GROUP = 0440;
    /** Longer than the servers drain (30 s) after the pause before they are told to stop. */
    private static final long GRACE_SECONDS = 45;

    /** Time for load balancers to learn that the pod is going. */
    private static final long PAUSE_BEFORE_STOP_SECONDS = 5;

    /** Name of the port that answers the public; only api pods have it. */
    static final String HTTP = "http";

    static final int HTTP_PORT = 8080;

    /** Name of the port of probes, metrics and signals. */
    static final String MANAGEMENT = "management";

    static final int MANAGEMENT_PORT = 8081;

    private static final String HOME = "/miniplane";
    private static final String JVM_OPTIONS = "-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError";

    private ServerPod() {}

    static PodSpec render(Component component, Backend backend) {
        Container server = container(backend)
                .withArgs("--miniplane.role=" + component.role())
                .withPorts(ports(component))
                .withStartupProbe(probe("/livez", 2, 60))
                .withLivenessProbe(probe("/livez", 10, 3))
                .withReadinessProbe(probe("/readyz", 5, 2))
                .withNewLifecycle()
                .withNewPreStop()
                .withNewSleep(PAUSE_BEFORE_STOP_SECONDS)
                .endPreStop()
                .endLifecycle()
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withResources(ContainerResources.of(resources(component, backend)))
                .build();
        return pod(server, component, backend)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withTopologySpreadConstraints(
                        spread("topology.kubernetes.io/zone", component, backend),
                        spread("kubernetes.io/hostname", component, backend))
                .build();
    }

    /** A pod that does one task and ends. */
    static PodSpec renderTask(String task, Backend backend) {
        Container server = container(backend)
                .withArgs("--task=" + task)
                .withResources(ContainerResources.of(resources(Component.WORKER, backend)))
                .build();
        return pod(server, Component.WORKER, backend).withRestartPolicy("Never").build();
    }

    private static PodSpecBuilder pod(Container server, Component component, Backend backend) {
        return new PodSpecBuilder()
                .withServiceAccountName(backend.name())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(podSecurity())
                .withContainers(server)
                .withVolumes(volumes(component.filesFor(backend.name()), backend.name()));
    }

    private static ContainerBuilder container(Backend backend) {
        return new ContainerBuilder()
                .withName("server")
                .withImage(backend.image())
                .withWorkingDir(HOME)
                .withEnv(environment())
                .withSecurityContext(containerSecurity())
                .withVolumeMounts(
                        readOnly("config", HOME + "/config"),
                        readOnly("credentials", HOME + "/credentials"),
                        readOnly("keys", HOME + "/keys"),
                        new VolumeMountBuilder()
                                .withName("tmp")
                                .withMountPath("/tmp")
                                .build());
    }

    private static List<ContainerPort> ports(Component component) {
        ContainerPort management = port(MANAGEMENT, MANAGEMENT_PORT);
        return component == Component.WORKER ? List.of(management) : List.of(port(HTTP, HTTP_PORT), management);
    }

    private static ContainerPort port(String name, int number) {
        return new ContainerPortBuilder()
                .withName(name)
                .withContainerPort(number)
                .withProtocol("TCP")
                .build();
    }

    private static Resources resources(Component component, Backend backend) {
        return switch (component) {
            case API, CANARY -> backend.spec().api().resources();
            case WORKER -> backend.spec().worker().resources();
        };
    }

    private static List<EnvVar> environment() {
        return List.of(
                new EnvVar("JAVA_TOOL_OPTIONS", JVM_OPTIONS, null),
                new EnvVarBuilder()
                        .withName("POD_NAME")
                        .withNewValueFrom()
                        .withNewFieldRef("v1", "metadata.name")
                        .endValueFrom()
                        .build());
    }

    private static Probe probe(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withPort(new IntOrString(MANAGEMENT))
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(3)
                .withFailureThreshold(failures)
                .build();
    }

    /** @param files what the names of settings and credentials begin with; keys are the same for all */
    private static List<Volume> volumes(String files, String backend) {
        return List.of(
                new VolumeBuilder()
                        .withName("config")
                        .withNewConfigMap()
                        .withName(BackendConfigMap.nameFor(files))
                        .withDefaultMode(READABLE_BY_GROUP)
                        .endConfigMap()
                        .build(),
                secret("credentials", CredentialsSecret.nameFor(files)),
                secret("keys", KeysSecret.nameFor(backend)),
                new VolumeBuilder()
                        .withName("tmp")
                        .withNewEmptyDir()
                        .withSizeLimit(new Quantity("256", "Mi"))
                        .endEmptyDir()
                        .build());
    }

    private static Volume secret(String volume, String secret) {
        return new VolumeBuilder()
                .withName(volume)
                .withNewSecret()
                .withSecretName(secret)
                .withDefaultMode(READABLE_BY_GROUP)
                .endSecret()
                .build();
    }

    private static VolumeMount readOnly(String volume, String path) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(true)
                .build();
    }

    private static TopologySpreadConstraint spread(String domain, Component component, Backend backend) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(domain)
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(backend.selector(component))
                .endLabelSelector()
                .build();
    }

    private static PodSecurityContext podSecurity() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    private static SecurityContext containerSecurity() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }
}

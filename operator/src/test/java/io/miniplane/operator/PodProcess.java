package io.miniplane.operator;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One pod of a Deployment as a process of this machine: what the kubelet would mount is written below a folder that stands for the root of its
 * file system, and the image's program is started with the rendered arguments, environment and working directory.
 *
 * <p>Only the ports differ, since pods have an address each and processes here share one.
 */
final class PodProcess implements AutoCloseable {

    private final Path root;
    private final Program program;
    private final Map<String, Integer> ports;

    private PodProcess(Path root, Program program, Map<String, Integer> ports) {
        this.root = root;
        this.program = program;
        this.ports = ports;
    }

    /** Starts the only container of a Deployment's pods and waits until its readiness probe is content. */
    static PodProcess start(KubernetesClient cluster, Deployment deployment) throws IOException {
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        Container container = pod.getContainers().getFirst();
        Path root = Files.createTempDirectory("pod");
        String namespace = deployment.getMetadata().getNamespace();
        for (VolumeMount mount : container.getVolumeMounts()) {
            new MountedVolume(below(root, mount.getMountPath()))
                    .write(filesOf(cluster, namespace, volume(pod, mount.getName())));
        }
        Map<String, Integer> ports = container.getPorts().stream()
                .collect(Collectors.toMap(ContainerPort::getName, port -> Program.freePort()));
        Program program = Program.start(
                "api-server",
                container.getArgs(),
                environment(container, ports),
                below(root, container.getWorkingDir()));
        PodProcess process = new PodProcess(root, program, ports);
        var readiness = container.getReadinessProbe().getHttpGet();
        program.answering(process.address(readiness.getPort().getStrVal()).resolve(readiness.getPath()));
        return process;
    }

    /** Where the named port answers. */
    URI address(String port) {
        return URI.create("http://127.0.0.1:" + ports.get(port));
    }

    int port(String name) {
        return ports.get(name);
    }

    Program program() {
        return program;
    }

    @Override
    public void close() throws IOException {
        program.close();
        deleteRecursively(root);
    }

    private static Path below(Path root, String absolute) {
        return root.resolve(absolute.substring(1));
    }

    private static Volume volume(PodSpec pod, String name) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No volume stands behind the mount " + name));
    }

    private static Map<String, byte[]> filesOf(KubernetesClient cluster, String namespace, Volume volume) {
        Map<String, byte[]> files = new HashMap<>();
        if (volume.getConfigMap() != null) {
            var config = cluster.configMaps()
                    .inNamespace(namespace)
                    .withName(volume.getConfigMap().getName());
            config.require().getData().forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
        } else if (volume.getSecret() != null) {
            var secret = cluster.secrets()
                    .inNamespace(namespace)
                    .withName(volume.getSecret().getSecretName());
            secret.require()
                    .getData()
                    .forEach((name, text) -> files.put(name, Base64.getDecoder().decode(text)));
        } else if (volume.getEmptyDir() == null) {
            throw new IllegalStateException("A volume of a kind that this test cannot mount: " + volume.getName());
        }
        return files;
    }

    private static Map<String, String> environment(Container container, Map<String, Integer> ports) {
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : container.getEnv()) {
            boolean fromPod = variable.getValueFrom() != null;
            environment.put(variable.getName(), fromPod ? "pod-of-this-machine" : variable.getValue());
        }
        if (ports.containsKey("http")) {
            environment.put("SERVER_PORT", String.valueOf(ports.get("http")));
        }
        environment.put("MANAGEMENT_SERVER_PORT", String.valueOf(ports.get("management")));
        return environment;
    }

    private static void deleteRecursively(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}

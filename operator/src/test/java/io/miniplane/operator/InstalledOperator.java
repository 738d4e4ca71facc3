package io.miniplane.operator;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operator that a chart has installed. As no kubelet runs its pods, this starts the program with the environment of the Deployment and a token of
 * the ServiceAccount, and with nothing else.
 */
final class InstalledOperator implements AutoCloseable {

    private static final String NAME = "miniplane-operator";

    private final Program process;

    private InstalledOperator(Program process) {
        this.process = process;
    }

    /** Starts it as a pod of a given name, with a folder for its kubeconfig. */
    static InstalledOperator start(ControlPlane plane, String namespace, String pod, Path directory)
            throws IOException {
        var container = plane.admin()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(NAME)
                .require()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : container.getEnv()) {
            if (variable.getValueFrom() == null) {
                environment.put(variable.getName(), variable.getValue());
            }
        }
        // As the kubelet would say; two operators of this machine can't have the same ports.
        environment.putAll(Map.of(
                "POD_NAME",
                pod,
                "POD_NAMESPACE",
                namespace,
                "MINIPLANE_HTTP_PORT",
                "0",
                "MINIPLANE_EXTERNAL_METRICS_PORT",
                "0",
                "KUBECONFIG",
                kubeconfig(plane, namespace, NAME, directory).toString()));
        var operator = new InstalledOperator(Program.start("operator", List.of(), environment, Path.of(".")));
        Shop.until(pod + " leads", () -> pod.equals(leader(plane, namespace)), Duration.ofMinutes(2));
        return operator;
    }

    /** A kubeconfig of a ServiceAccount. */
    static Path kubeconfig(ControlPlane plane, String namespace, String account, Path directory) throws IOException {
        String token = plane.admin()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        Config config = Serialization.unmarshal(plane.kubeconfig(), Config.class);
        config.getUsers().forEach(user -> {
            user.getUser().setClientCertificate(null);
            user.getUser().setClientCertificateData(null);
            user.getUser().setClientKey(null);
            user.getUser().setClientKeyData(null);
            user.getUser().setToken(token);
        });
        return Files.writeString(directory.resolve(account + ".kubeconfig"), Serialization.asYaml(config));
    }

    private static String leader(ControlPlane plane, String namespace) {
        return plane.admin()
                .leases()
                .inNamespace(namespace)
                .withName(NAME)
                .require()
                .getSpec()
                .getHolderIdentity();
    }

    @Override
    public void close() {
        process.close();
    }
}

package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.Config;
import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.crd.v1alpha1.KeysStatus;
import io.miniplane.crd.v1alpha1.KeysStatus.Phase;
import io.miniplane.operator.KeyedData.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rotations with an operator that is killed again and again and pods that come and go. Kubelets, pods and their data are
 * simulated; the keys, the API server, the controllers and the operator are real.
 */
class RotationIT {

    private static final int RUNS = Integer.getInteger("miniplane.rotations", 2);
    private static final int MOST_KILLS = 4;
    private static final Duration END = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final KeyedData data = new KeyedData();
    private ControlPlane plane;
    private Shop shop;

    @Test
    void noPodMeetsDataUnderAKeyItHasNotLoadedWhateverIsKilledAndRolled() throws Exception {
        plane = ControlPlane.shared();
        shop = Shop.in(plane, "rotation").withSecrets().applied();
        Map<String, String> environment = environment();
        Path log = directory.resolve("operator.log");
        OperatorProcess operator = OperatorProcess.start(environment, log);
        try (var secret = new SecretHistory(plane.admin(), "rotation", "shop-keys")) {
            Shop.until("keys", () -> !secret.isEmpty(), Duration.ofSeconds(60));
            try (var _ = new SlowNode(plane.admin(), "rotation", secret, data)) {
                Shop.until("ready", () -> shop.hasCondition("Ready", Status.TRUE), Duration.ofSeconds(90));
                fill();
                for (int run = 1; run <= RUNS; run++) {
                    operator = rotate(run, operator, environment, log);
                }
                shop.backend().delete();
                Shop.until("gone", () -> pods().isEmpty(), Duration.ofSeconds(60));
            }
        } finally {
            operator.close();
        }
        assertThat(events()).contains("KeysIntroduced", "KeysPromoted", "KeysRetiring", "KeysRotated");
        assertThat(Files.readString(log)).doesNotContain("primaryKeyId\":", "keyData", "0123456789abcdef0123");
    }

    private OperatorProcess rotate(int run, OperatorProcess first, Map<String, String> environment, Path log)
            throws InterruptedException, GeneralSecurityException {
        OperatorProcess operator = first;
        MountedKeys before = keys();
        long reads = data.reads();
        Instant start = Instant.now();
        List<String> seen = new ArrayList<>();
        int kills = 1 + (run - 1) % MOST_KILLS;
        shop.annotate("miniplane.io/rotate-keys", "now");
        for (int kill = 0; kill < kills && !isOver(before); kill++) {
            Thread.sleep(ThreadLocalRandom.current().nextInt(500, 14_000));
            seen.add(String.valueOf(phase()));
            operator.close();
            if (kill % 2 == run % 2) {
                shop.annotate("miniplane.io/restart", run + "-" + kill);
            } else {
                deleteOnePod();
            }
            operator = OperatorProcess.start(environment, log);
        }
        Shop.until("rotation " + run, () -> isOver(before) || !data.mishaps().isEmpty(), END);
        assertThat(data.mishaps()).as("run %d", run).isEmpty();
        assertThat(keys().sizes()).containsExactly(1, 1, 1);
        assertThat(data.reads()).as("data was met").isGreaterThan(reads + 100);
        everythingOpensWith(keys());
        Shop.until("consumed", () -> !annotations().containsKey("miniplane.io/rotate-keys"), Duration.ofSeconds(20));
        System.out.printf(
                "Rotation %d of %d: %d s, killed in %s, %d reads%n",
                run, RUNS, Duration.between(start, Instant.now()).toSeconds(), seen, data.reads() - reads);
        return operator;
    }

    private void fill() throws GeneralSecurityException {
        MountedKeys first = keys();
        for (UUID id : data.ids()) {
            data.write(id, first.seal(id));
        }
    }

    private boolean isOver(MountedKeys before) {
        MountedKeys now = keys();
        return now.dataPrimary() != before.dataPrimary()
                && now.sizes().equals(List.of(1, 1, 1))
                && phase() == Phase.STABLE;
    }

    private void everythingOpensWith(MountedKeys last) throws GeneralSecurityException {
        assertThat(data.rows()).isNotEmpty();
        for (Map.Entry<UUID, Row> row : data.rows().entrySet()) {
            last.open(row.getKey(), row.getValue());
            assertThat(last.isUnderPrimaries(row.getValue())).isTrue();
        }
    }

    private void deleteOnePod() {
        List<Pod> pods = pods();
        if (!pods.isEmpty()) {
            plane.admin()
                    .resource(pods.get(ThreadLocalRandom.current().nextInt(pods.size())))
                    .delete();
        }
    }

    private List<Pod> pods() {
        return plane.admin().pods().inNamespace("rotation").list().getItems();
    }

    private MountedKeys keys() {
        return MountedKeys.of(shop.secret("shop-keys").get().getData());
    }

    private Phase phase() {
        KeysStatus keys = shop.backend().get().getStatus().keys();
        return keys.phase();
    }

    private Set<String> events() {
        return plane.admin().resources(Event.class).inNamespace("rotation").list().getItems().stream()
                .map(Event::getReason)
                .collect(Collectors.toSet());
    }

    private Map<String, String> annotations() {
        return shop.backend().get().getMetadata().getAnnotations();
    }

    /** The operator connects as its ServiceAccount, by a token of it. */
    private Map<String, String> environment() throws IOException {
        Config admin = Config.fromKubeconfig(plane.kubeconfig());
        String token = plane.admin()
                .serviceAccounts()
                .inNamespace("miniplane-system")
                .withName("miniplane-operator")
                .tokenRequest(new TokenRequest())
                .getStatus()
                .getToken();
        String authority = admin.getCaCertFile() == null
                ? "certificate-authority-data: " + admin.getCaCertData()
                : "certificate-authority: " + admin.getCaCertFile();
        Path kubeconfig = Files.writeString(
                directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts: [{name: test, context: {cluster: test, user: operator}}]
                users: [{name: operator, user: {token: %s}}]
                clusters:
                  - name: test
                    cluster:
                      server: %s
                      %s
                """.formatted(token, admin.getMasterUrl(), authority));
        return Map.of(
                "KUBECONFIG", kubeconfig.toString(),
                "MINIPLANE_HTTP_PORT", "0",
                "MINIPLANE_NAMESPACES", "rotation",
                "MINIPLANE_LEADER_ELECTION", "false",
                "MINIPLANE_SIGNALS_INTERVAL", "1",
                "MINIPLANE_KEY_SETTLE", "4",
                "MINIPLANE_SERVER_IMAGE", "miniplane/api-server:test");
    }
}

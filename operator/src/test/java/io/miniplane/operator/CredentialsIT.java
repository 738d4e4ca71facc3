package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.miniplane.crd.v1alpha1.Condition.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CredentialsIT {

    private static final String OTHER_SECRET = "fedcba9876543210fedcba9876543210";

    private static ControlPlane plane;
    private static RunningOperator operator;
    private static FakeNode node;

    @BeforeAll
    static void start() {
        plane = ControlPlane.shared();
        node = new FakeNode(plane.admin());
        operator = RunningOperator.on(plane);
    }

    @AfterAll
    static void stop() {
        if (operator != null) {
            operator.close();
            node.close();
        }
    }

    @Test
    void aMissingSecretIsNamedAndItsLateCreationIsNoticed() {
        Shop shop = Shop.in(plane, "late").applied();
        Shop.soon("condition", () -> shop.hasCondition("CredentialsValid", Status.FALSE));
        assertThat(shop.condition("CredentialsValid").orElseThrow().message())
                .contains("Secret shop-wechat, which spec.wechat.appSecretRef names, is missing")
                .contains("create it with the key appSecret")
                .contains("Secret shop-db");
        assertThat(shop.deployment().get()).isNull();

        shop.withSecrets().ready();
        assertThat(shop.hasCondition("CredentialsValid", Status.TRUE)).isTrue();
        assertThat(reasonsOfEvents(shop)).contains("SecretMissing", "Created", "Ready");
    }

    @Test
    void aMissingKeyAndAMalformedValueAreNamedButNeverShown() {
        Shop shop = Shop.in(plane, "malformed")
                .withSecret("shop-db", Map.of("host", "db", "dbname", "shop", "username", "shop"))
                .withSecret("shop-wechat", Map.of("appSecret", "too-short-but-secret"))
                .applied();
        Shop.soon(
                "key",
                () -> shop.condition("CredentialsValid")
                        .orElseThrow()
                        .message()
                        .equals("Secret shop-db, which spec.database.secretRef names, has no key password: add it"));

        Shop.edit(shop.secret("shop-db"), it -> it.getData().put("password", base64("trial")));
        Shop.soon(
                "shape",
                () -> shop.condition("CredentialsValid").orElseThrow().reason().equals("Malformed"));
        assertThat(shop.condition("CredentialsValid").orElseThrow().message())
                .contains("shop-wechat", "appSecret", "32 letters and digits")
                .doesNotContain("too-short");
    }

    @Test
    void aChangedAppSecretRollsThePodsAndAChangedLabelDoesNothing() throws InterruptedException {
        Shop shop = Shop.in(plane, "rotate").withSecrets().applied().ready();
        Shop.until("all pods", () -> pods(shop).size() == 3, Duration.ofSeconds(20));
        plane.audit().operatorWritesOnceQuiet();
        Set<String> first = pods(shop);
        List<String> writes = writesTo(shop);

        Shop.edit(shop.secret("shop-wechat"), it -> it.getMetadata().getLabels().put("team", "shop"));
        Thread.sleep(3000);
        assertThat(writesTo(shop)).isEqualTo(writes);
        assertThat(pods(shop)).isEqualTo(first);

        Shop.edit(shop.secret("shop-wechat"), it -> it.getData().put("appSecret", base64(OTHER_SECRET)));
        Shop.until("new pods", () -> pods(shop).stream().noneMatch(first::contains), Duration.ofSeconds(20));
        assertThat(shop.secret("shop-credentials").get().getData())
                .containsEntry("miniplane.wechat.app-secret", base64(OTHER_SECRET));
    }

    @Test
    void runningPodsStayWhenTheSecretIsDeletedAndNothingIsWrittenOnIt() {
        Shop shop = Shop.in(plane, "deleted").withSecrets().applied().ready();
        String generation = shop.deployment().get().getMetadata().getUid();
        assertThat(shop.secret("shop-wechat").get().getMetadata().getManagedFields())
                .noneMatch(entry -> entry.getManager().startsWith("miniplane"));

        shop.secret("shop-wechat").delete();
        Shop.soon("degraded", () -> shop.hasCondition("Degraded", Status.TRUE));

        assertThat(shop.hasCondition("Ready", Status.TRUE)).isTrue();
        assertThat(shop.deployment().get().getMetadata().getUid()).isEqualTo(generation);

        String checksum = checksum(shop);
        Shop.edit(
                shop.deployment(),
                it -> it.getSpec().getTemplate().getMetadata().getAnnotations().clear());
        Shop.edit(shop.deployment(), it -> it.getSpec().getTemplate().getSpec().setServiceAccountName("other"));
        Shop.soon(
                "put back without the Secret",
                () -> "shop"
                        .equals(shop.deployment()
                                .get()
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getServiceAccountName()));
        Shop.soon("the same credentials", () -> checksum.equals(checksum(shop)));
        assertThat(shop.secret("shop-credentials").get()).isNotNull();
    }

    private static String checksum(Shop shop) {
        return shop.deployment()
                .get()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("miniplane.io/restart-checksum");
    }

    private static List<String> writesTo(Shop shop) {
        return plane.audit().operatorWrites().stream()
                .filter(write -> write.contains(" " + shop.namespace() + "/"))
                .toList();
    }

    private static Set<String> pods(Shop shop) {
        return plane.admin().resources(Pod.class).inNamespace(shop.namespace()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private static Set<String> reasonsOfEvents(Shop shop) {
        return plane.admin().resources(Event.class).inNamespace(shop.namespace()).list().getItems().stream()
                .filter(event ->
                        "MiniProgramBackend".equals(event.getRegarding().getKind()))
                .map(Event::getReason)
                .collect(Collectors.toSet());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

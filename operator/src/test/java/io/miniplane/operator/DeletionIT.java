package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.operator.objects.Backend;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeletionIT {

    /** The collector looks for new kinds every 30 s only. */
    private static final Duration COLLECTED = Duration.ofSeconds(60);

    private static ControlPlane plane;
    private static RunningOperator operator;

    @BeforeAll
    static void start() {
        plane = ControlPlane.shared();
        operator = RunningOperator.on(plane);
    }

    @AfterAll
    static void stop() {
        if (operator != null) {
            operator.close();
        }
    }

    @Test
    void ownedObjectsGoWithTheBackendAndTheKeysStayForTheNext() {
        Shop shop = deployed("delete");
        Map<String, String> keys = shop.secret("shop-keys").get().getData();

        shop.backend().delete();
        Shop.until("collected", () -> allGone(shop), COLLECTED);
        assertThat(shop.secret("shop-keys").get().getData()).isEqualTo(keys);

        shop.applied();
        Shop.soon("deployment", () -> shop.deployment().get() != null);
        assertThat(shop.secret("shop-keys").get().getData()).isEqualTo(keys);
    }

    @Test
    void theKeysGoTooWhenTheOwnerSaysSo() {
        Shop shop = deployed("delete-keys");
        shop.annotate(Backend.DELETE_KEYS, "true");
        Shop.soon(
                "owner",
                () -> !shop.secret("shop-keys")
                        .get()
                        .getMetadata()
                        .getOwnerReferences()
                        .isEmpty());

        shop.backend().delete();
        Shop.until("collected", () -> allGone(shop) && shop.secret("shop-keys").get() == null, COLLECTED);
    }

    @Test
    void lostKeysAreReportedAndNotReplaced() {
        Shop shop = deployed("lost-keys");
        Shop.soon("reported", () -> shop.hasCondition("KeysReady", Status.TRUE));

        shop.secret("shop-keys").delete();
        Shop.soon(
                "lost", () -> shop.condition("KeysReady").orElseThrow().reason().equals("Lost"));
        assertThat(shop.secret("shop-keys").get()).isNull();

        lookAgain(shop, 10, 11);
        operator.close();
        operator = RunningOperator.on(plane);
        lookAgain(shop, 11, 12);
        assertThat(shop.secret("shop-keys").get()).as("keys made anew").isNull();
        assertThat(shop.condition("KeysReady").orElseThrow().reason()).isEqualTo("Lost");

        shop.annotate(Backend.DELETE_KEYS, "true");
        Shop.soon("new keys", () -> shop.secret("shop-keys").get() != null);
    }

    @Test
    void lostKeysComeBackFromABackupThatKeepsTheirLabel() {
        Shop shop = deployed("restored-keys");
        Secret backup = shop.secret("shop-keys").get();
        shop.secret("shop-keys").delete();
        Shop.soon(
                "lost", () -> shop.condition("KeysReady").orElseThrow().reason().equals("Lost"));
        assertThat(shop.condition("KeysReady").orElseThrow().message()).contains("miniplane.io/backend=shop");

        plane.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("shop-keys")
                        .withNamespace(shop.namespace())
                        .withLabels(backup.getMetadata().getLabels())
                        .endMetadata()
                        .withData(backup.getData())
                        .build())
                .create();
        Shop.soon("usable", () -> shop.hasCondition("KeysReady", Status.TRUE));
        assertThat(shop.secret("shop-keys").get().getData()).isEqualTo(backup.getData());
    }

    /** Makes the operator reconcile and waits until the effect of that pass can be seen. */
    private static void lookAgain(Shop shop, int percentage, int next) {
        long generation = shop.backend().get().getMetadata().getGeneration();
        shop.change("\"percentage\":" + percentage, "\"percentage\":" + next);
        Shop.soon("looked", () -> shop.backend().get().getStatus().observedGeneration() > generation);
    }

    private static Shop deployed(String namespace) {
        Shop shop = Shop.in(plane, namespace).withSecrets().applied();
        Shop.soon("deployment", () -> shop.deployment().get() != null);
        Shop.soon("status", () -> shop.hasCondition("KeysReady", Status.TRUE));
        return shop;
    }

    private static boolean allGone(Shop shop) {
        return shop.deployment().get() == null
                && shop.object(Service.class, "shop").get() == null
                && shop.secret("shop-credentials").get() == null;
    }
}

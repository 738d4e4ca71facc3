package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.operator.objects.Backend;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeletionIT {

    private static final Duration COLLECTED = Duration.ofSeconds(30);

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

        shop.annotate(Backend.DELETE_KEYS, "true");
        Shop.soon("new keys", () -> shop.secret("shop-keys").get() != null);
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

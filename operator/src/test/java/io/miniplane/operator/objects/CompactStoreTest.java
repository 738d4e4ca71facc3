package io.miniplane.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class CompactStoreTest {

    private static final String KEY = "web/shop-api";

    private final CompactStore<Deployment> store = new CompactStore<>(Deployment.class, new KubernetesSerialization());
    private final Deployment deployment = new ServerDeployment(Component.API, backend -> 2).render(Manifests.backend());

    @Test
    void whatIsKeptComesBackWholeAndAsACopy() {
        deployment.getSpec().setAdditionalProperty("fieldOfTomorrow", "value");
        assertThat(store.put(KEY, deployment)).isNull();

        Deployment kept = store.get(KEY);
        assertThat(Serialization.asJson(kept)).isEqualTo(Serialization.asJson(deployment));
        assertThat(store.getKey(deployment)).isEqualTo(KEY);
        kept.getSpec().setReplicas(7);
        assertThat(store.get(KEY)).isNotEqualTo(kept);
        assertThat(store.values()).hasSize(1);
    }

    @Test
    void whatIsReplacedOrRemovedIsToldAsItWas() {
        store.put(KEY, deployment);
        Deployment next = new ServerDeployment(Component.API, backend -> 3).render(Manifests.backend());

        assertThat(Serialization.asJson(store.put(KEY, next))).isEqualTo(Serialization.asJson(deployment));
        assertThat(Serialization.asJson(store.remove(KEY))).isEqualTo(Serialization.asJson(next));
        assertThat(store.remove(KEY)).isNull();
        assertThat(store.get(KEY)).isNull();
        assertThat(store.keySet()).isEmpty();
        assertThat(store.size()).isZero();
    }
}

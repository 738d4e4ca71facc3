package io.miniplane.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretDigestsTest {

    private static final int MANY = 33_000;
    private static final long MEBIBYTE = 1 << 20;

    private final SecretDigests digests = new SecretDigests();

    @Test
    void aSecretIsRememberedByPlaceVersionAndDigestWithoutItsContent() {
        var secret = secret("web", "shop-db", "41", Map.of("password", "aHVzaA=="));
        String key = digests.getKey(secret);

        assertThat(digests.put(key, secret)).isNull();
        Secret seen = digests.get(key);
        assertThat(seen.getMetadata().getNamespace()).isEqualTo("web");
        assertThat(seen.getMetadata().getName()).isEqualTo("shop-db");
        assertThat(seen.getMetadata().getResourceVersion()).isEqualTo("41");
        assertThat(seen.getData()).isNullOrEmpty();
        assertThat(SecretDigests.digestOf(seen)).isEqualTo(SecretDigests.digestOf(secret));
        assertThat(digests.values()).containsExactly(seen);

        var replaced = digests.put(key, secret("web", "shop-db", "42", Map.of("password", "b3RoZXI=")));
        assertThat(replaced).isEqualTo(seen);
        assertThat(SecretDigests.digestOf(digests.get(key))).isNotEqualTo(SecretDigests.digestOf(seen));
        assertThat(digests.remove(key).getMetadata().getResourceVersion()).isEqualTo("42");
        assertThat(digests.get(key)).isNull();
        assertThat(digests.size()).isZero();
    }

    @Test
    void onlyContentChangesTheDigest() {
        String digest = SecretDigests.digestOf(secret("web", "a", "1", Map.of("x", "1", "y", "2")));

        assertThat(SecretDigests.digestOf(secret("web", "a", "2", Map.of("y", "2", "x", "1"))))
                .isEqualTo(digest);
        assertThat(SecretDigests.digestOf(secret("web", "a", "1", Map.of("x", "1y2"))))
                .isNotEqualTo(digest);
        assertThat(SecretDigests.digestOf(secret("web", "a", "1", Map.of()))).isNotEqualTo(digest);
    }

    @Test
    void theSecretsOfALargeClusterTakeLittleMemory() {
        long before = heap();
        for (int i = 0; i < MANY; i++) {
            var secret = secret("namespace-" + i % 500, "release-of-somebody-else-" + i, "1" + i, Map.of("x", "a"));
            digests.put(digests.getKey(secret), secret);
        }
        long used = heap() - before;

        assertThat(digests.size()).isEqualTo(MANY);
        assertThat(used).isLessThan(20 * MEBIBYTE);
    }

    private static long heap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private static Secret secret(String namespace, String name, String version, Map<String, String> data) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withResourceVersion(version)
                .endMetadata()
                .withData(data)
                .build();
    }
}

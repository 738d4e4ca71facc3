package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyGaugesTest {

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<MiniProgramBackend> backends = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-29T10:00:00Z");

    KeyGaugesTest() {
        new KeyGauges(backends::stream, () -> now).register(metrics.getPrometheusRegistry());
    }

    @Test
    void keysHaveAnAgeAsLongAsTheirBackendIsThere() {
        backends.add(shop("Stable"));
        backends.add(Serialization.unmarshal("metadata: {name: new, namespace: shop}", MiniProgramBackend.class));
        assertThat(lines("miniplane_key_age_seconds"))
                .containsExactly("miniplane_key_age_seconds{backend=\"shop\",backend_namespace=\"mall\"} 86400.0");
        backends.clear();
        assertThat(lines("miniplane_key")).isEmpty();
    }

    @Test
    void aRotationIsOverdueWhenItShouldHaveBegunOrEnded() {
        backends.add(shop("Stable"));
        assertThat(overdue()).isZero();
        now = Instant.parse("2026-11-30T10:00:00Z");
        assertThat(overdue()).isZero();
        now = now.plusSeconds(90);
        assertThat(overdue()).isEqualTo(90);
        backends.set(0, shop("Introduced"));
        assertThat(overdue()).isEqualTo(90);
        backends.set(0, shop("Retired"));
        assertThat(overdue()).as("a day after its keys were made").isEqualTo(86490);
    }

    private double overdue() {
        String line = lines("miniplane_key_rotation_overdue_seconds").getFirst();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    private List<String> lines(String name) {
        return metrics.scrape().lines().filter(line -> line.startsWith(name)).toList();
    }

    private static MiniProgramBackend shop(String phase) {
        return Serialization.unmarshal("""
                metadata: {name: shop, namespace: mall}
                status:
                  keys: {rotatedAt: "2026-11-28T10:00:00Z", nextRotationAt: "2026-11-30T10:00:00Z", phase: %s}
                """.formatted(phase), MiniProgramBackend.class);
    }
}

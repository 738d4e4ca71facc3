package io.miniplane.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BusinessSettingsTest {

    @Test
    void settingsAreWrittenAsTheServersReadThem() {
        String business = """
                orders: {paymentTimeout: 1h30m, completedAfter: 240h}
                inventory: {url: 'https://stock.example:8443/v1', timeLimit: 500ms, tokenRef: {name: s, key: t}}
                notifications:
                  version: trial
                  language: zh-hk
                  templates:
                    shipped: {id: abc, page: 'p?id={order}', keywords: {character_string2: '{tracking}'}}
                """;
        Backend backend = Manifests.backend(Manifests.shopWith(
                "  reports: {monthly: {schedule: 0 3 1 * *}}\n",
                business.indent(2) + "  reports: {zone: UTC, topProducts: 5}\n"));

        Map<String, Object> settings = BusinessSettings.of(backend.spec());
        assertThat(settings.get("orders")).isEqualTo(Map.of("payment-timeout", "PT1H30M", "completed-after", "PT240H"));
        assertThat(settings.get("inventory"))
                .isEqualTo(Map.of("url", "https://stock.example:8443/v1", "time-limit", "PT0.5S"));
        assertThat(settings.get("reports")).isEqualTo(Map.of("zone", "UTC", "top-products", 5));
        var shipped =
                Map.of("id", "abc", "page", "p?id={order}", "keywords", Map.of("character_string2", "{tracking}"));
        assertThat(settings.get("notifications"))
                .isEqualTo(Map.of("version", "trial", "language", "zh-hk", "templates", Map.of("shipped", shipped)));
        assertThat(PeerPorts.of(backend)).contains(8443);
    }

    @Test
    void whatTheManifestLeavesOpenIsLeftToTheServers() {
        assertThat(BusinessSettings.of(Manifests.shop().getSpec())).isEmpty();
    }
}

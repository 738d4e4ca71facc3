package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.operator.metrics.MetricsService;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void withoutVariablesAllNamespacesAreWatchedAndOperatorsTakeTurns() {
        Settings settings = Settings.from(Map.of());

        assertThat(settings.namespaces()).isEmpty();
        assertThat(settings.runbooks()).isEqualTo("alerts/runbooks");
        assertThat(settings.election().enabled()).isTrue();
        assertThat(settings.election().leaseNamespace()).isEmpty();
        assertThat(settings.externalMetrics().service()).isEmpty();
        assertThat(settings.signalsInterval()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void variablesAreTaken() {
        Settings settings = Settings.from(Map.of(
                "MINIPLANE_NAMESPACES", "shop, games",
                "MINIPLANE_SERVER_IMAGE", "registry.example/server:1",
                "MINIPLANE_RUNBOOK_BASE_URL", "https://wiki.example/runbooks/",
                "MINIPLANE_LEADER_ELECTION", "false",
                "POD_NAMESPACE", "miniplane-system",
                "POD_NAME", "operator-1"));

        assertThat(settings.namespaces()).containsExactlyInAnyOrder("shop", "games");
        assertThat(settings.serverImage()).isEqualTo("registry.example/server:1");
        assertThat(settings.election().enabled()).isFalse();
        assertThat(settings.election().leaseNamespace()).contains("miniplane-system");
        assertThat(settings.runbooks()).isEqualTo("https://wiki.example/runbooks");
        assertThat(settings.instance()).isEqualTo("operator-1");
        assertThat(settings.externalMetrics().service())
                .contains(new MetricsService("miniplane-system", "miniplane-operator"));
    }

    @ParameterizedTest
    @CsvSource({
        "MINIPLANE_HTTP_PORT, http, a whole number from 0 to 65535",
        "MINIPLANE_HTTP_PORT, 70000, a whole number from 0 to 65535",
        "MINIPLANE_LEADER_ELECTION, yes, true or false",
        "MINIPLANE_RUNBOOK_BASE_URL, wiki, the address of a folder",
        "MINIPLANE_NAMESPACES, Shop, names of namespaces",
        "MINIPLANE_SERVER_IMAGE, two words, the name of a container image"
    })
    void aWrongSettingIsNamedTogetherWithWhatToWriteInstead(String variable, String value, String cure) {
        assertThatThrownBy(() -> Settings.from(Map.of(variable, value)))
                .isInstanceOf(Settings.WrongSettingException.class)
                .hasMessageStartingWith(variable + " is \"" + value + "\": set it to ")
                .hasMessageContaining(cure);
    }
}

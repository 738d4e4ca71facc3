package io.miniplane.server.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.platform.events.KafkaSettings.Mechanism;
import io.miniplane.server.platform.events.MessagingSettings.Carrier;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {

    @ParameterizedTest
    @CsvSource({
        ",      ,      PLAINTEXT",
        ",      true,  SSL",
        "shop,  ,      SASL_SSL",
        "shop,  true,  SASL_SSL",
        "shop,  false, SASL_PLAINTEXT"
    })
    void aPasswordTravelsEncryptedUnlessToldOtherwise(
            @Nullable String username, @Nullable Boolean tls, String protocol) {
        assertThat(kafka(Mechanism.SCRAM_SHA_512, tls).client("kafka:9092", username, "secret"))
                .containsEntry("security.protocol", protocol)
                .containsEntry("bootstrap.servers", "kafka:9092");
    }

    @Test
    void aQuoteInAPasswordEndsNothing() {
        Map<String, Object> client = kafka(Mechanism.SCRAM_SHA_256, null).client("kafka:9092", "shop", "a\"b\\c");
        assertThat(client).containsEntry("sasl.mechanism", "SCRAM-SHA-256");
        assertThat(client.get("sasl.jaas.config").toString())
                .endsWith("ScramLoginModule required username=\"shop\" password=\"a\\\"b\\\\c\";");
    }

    @Test
    void thePlainMechanismIsRefusedWithoutEncryption() {
        assertThat(messaging("shop", kafka(Mechanism.PLAIN, false)).isKafka()).isFalse();
        assertThat(messaging("shop", kafka(Mechanism.PLAIN, null)).isKafka()).isTrue();
        assertThat(messaging(null, kafka(Mechanism.PLAIN, false)).isKafka()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "kafka:9092,", "http://kafka:9092", "kafka:9092 other:9092", ""})
    void anAddressWithoutHostAndPortIsRefused(String servers) {
        assertThat(new MessagingSettings(Carrier.KAFKA, null, servers, null, null, kafka(Mechanism.PLAIN, null))
                        .isBootstrapServers())
                .isFalse();
    }

    @Test
    void aPasswordIsNeverPrinted() {
        assertThat(messaging("shop", kafka(Mechanism.PLAIN, null)).toString()).doesNotContain("secret");
    }

    private static KafkaSettings kafka(Mechanism mechanism, @Nullable Boolean tls) {
        return new KafkaSettings(12, mechanism, tls, null);
    }

    private static MessagingSettings messaging(@Nullable String username, KafkaSettings kafka) {
        return new MessagingSettings(Carrier.KAFKA, null, "a:9092,b:9092", username, "secret", kafka);
    }
}

package io.miniplane.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CredentialCheckTest {

    private static final String APP_SECRET = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> DATABASE =
            Map.of("host", "db", "dbname", "shop", "username", "shop", "password", "trial\n");

    private final MiniProgramBackend shop = Serialization.unmarshal("""
            apiVersion: miniplane.io/v1alpha1
            kind: MiniProgramBackend
            metadata: {name: shop, namespace: web}
            spec:
              wechat:
                appSecretRef: {name: shop-wechat, key: appSecret}
                messagePush:
                  tokenRef: {name: shop-wechat, key: token}
                  encodingAesKeyRef: {name: shop-wechat, key: aes}
              database: {secretRef: {name: shop-db}}
            """, MiniProgramBackend.class);

    @Test
    void completeSecretsBecomeTheServersProperties() {
        var check = check(Map.of(
                "shop-wechat",
                Map.of("appSecret", APP_SECRET, "token", "push1", "aes", "a".repeat(43)),
                "shop-db",
                DATABASE));

        assertThat(check)
                .isInstanceOfSatisfying(
                        CredentialCheck.Valid.class,
                        valid -> assertThat(valid.credentials().properties())
                                .containsEntry("miniplane.wechat.app-secret", APP_SECRET)
                                .containsEntry("miniplane.wechat.message-push.token", "push1")
                                .containsEntry("miniplane.wechat.message-push.encoding-aes-key", "a".repeat(43))
                                .containsEntry("miniplane.database.name", "shop")
                                .containsEntry("miniplane.database.port", "5432")
                                .containsEntry("miniplane.database.password", "trial")
                                .doesNotContainKey("miniplane.database.ssl-mode"));
    }

    @Test
    void missingSecretsAreAllNamedWithTheKeysTheyNeed() {
        assertThat(invalid(Map.of()))
                .isEqualTo(new CredentialCheck.Invalid(
                        "SecretMissing",
                        "Secret shop-db, which spec.database.secretRef names, is missing:"
                                + " create it with the keys dbname, host, password, username;"
                                + " Secret shop-wechat, which spec.wechat.appSecretRef names, is missing:"
                                + " create it with the keys aes, appSecret, token"));
    }

    @Test
    void aValueOfTheWrongShapeIsNotShown() {
        var invalid = invalid(Map.of(
                "shop-wechat",
                Map.of("appSecret", "hush", "token", "push1", "aes", "a".repeat(43)),
                "shop-db",
                DATABASE));

        assertThat(invalid.reason()).isEqualTo("Malformed");
        assertThat(invalid.message())
                .contains("shop-wechat", "appSecret", "must be the 32")
                .doesNotContain("hush");
    }

    @Test
    void aMissingKeyIsNamed() {
        var invalid =
                invalid(Map.of("shop-wechat", Map.of("appSecret", APP_SECRET, "token", "push1"), "shop-db", DATABASE));

        assertThat(invalid.reason()).isEqualTo("KeyMissing");
        assertThat(invalid.message())
                .isEqualTo(
                        "Secret shop-wechat, which spec.wechat.messagePush.encodingAesKeyRef names, has no key aes: add it");
    }

    @Test
    void theSecretOfABrokerBecomesTheServersProperties() {
        var kafka = brokered("Kafka", Map.of("bootstrap-servers", "k1:9092,k2:9092", "username", "u", "password", "p"));
        var rabbit = brokered("RabbitMQ", Map.of("uri", "amqps://u:p@rabbit/shop"));

        assertThat(kafka)
                .isInstanceOfSatisfying(
                        CredentialCheck.Valid.class,
                        valid -> assertThat(valid.credentials().properties())
                                .containsEntry("miniplane.messaging.bootstrap-servers", "k1:9092,k2:9092")
                                .containsEntry("miniplane.messaging.username", "u")
                                .containsEntry("miniplane.messaging.password", "p")
                                .doesNotContainKey("miniplane.messaging.uri"));
        assertThat(rabbit)
                .isInstanceOfSatisfying(
                        CredentialCheck.Valid.class,
                        valid -> assertThat(valid.credentials().properties())
                                .containsEntry("miniplane.messaging.uri", "amqps://u:p@rabbit/shop")
                                .doesNotContainKey("miniplane.messaging.password"));
    }

    @Test
    void aBrokerWithoutItsKeyOrItsSecretIsNamed() {
        assertThat(brokered("Kafka", Map.of("uri", "amqp://rabbit")))
                .isEqualTo(
                        new CredentialCheck.Invalid(
                                "KeyMissing",
                                "Secret shop-broker, which spec.messaging.secretRef names, has no key bootstrap-servers: add it"));
        assertThat(brokered("RabbitMQ", Map.of("uri", "https://hush@rabbit")))
                .isEqualTo(new CredentialCheck.Invalid(
                        "Malformed",
                        "Secret shop-broker has a value under the key uri that doesn't fit:"
                                + " it must be an address that begins with amqp:// or amqps://"));
        assertThat(brokered("RabbitMQ", null))
                .isEqualTo(new CredentialCheck.Invalid(
                        "SecretMissing",
                        "Secret shop-broker, which spec.messaging.secretRef names, is missing:"
                                + " create it with the key uri"));
    }

    @Test
    void theTokenOfAnInventoryIsCheckedAndPassedOn() {
        assertThat(stocked("s3cr3t"))
                .isInstanceOfSatisfying(
                        CredentialCheck.Valid.class,
                        valid -> assertThat(valid.credentials().properties())
                                .containsEntry("miniplane.inventory.token", "s3cr3t"));
        assertThat(stocked("two words"))
                .isEqualTo(new CredentialCheck.Invalid(
                        "Malformed",
                        "Secret shop-stock has a value under the key token that doesn't fit:"
                                + " it must be 1 to 4096 visible ASCII characters"));
    }

    private static CredentialCheck stocked(String token) {
        var backend = Serialization.unmarshal("""
                apiVersion: miniplane.io/v1alpha1
                kind: MiniProgramBackend
                metadata: {name: shop, namespace: web}
                spec:
                  wechat: {appSecretRef: {name: shop-wechat, key: appSecret}}
                  database: {secretRef: {name: shop-db}}
                  inventory: {url: "https://stock.example", tokenRef: {name: shop-stock, key: token}}
                """, MiniProgramBackend.class);
        var secrets = Map.of(
                "shop-wechat",
                Map.of("appSecret", APP_SECRET),
                "shop-db",
                DATABASE,
                "shop-stock",
                Map.of("token", token));
        return CredentialCheck.of(backend, name -> Optional.ofNullable(secrets.get(name)));
    }

    private static CredentialCheck brokered(String broker, @Nullable Map<String, String> secret) {
        var backend = Serialization.unmarshal("""
                apiVersion: miniplane.io/v1alpha1
                kind: MiniProgramBackend
                metadata: {name: shop, namespace: web}
                spec:
                  wechat: {appSecretRef: {name: shop-wechat, key: appSecret}}
                  database: {secretRef: {name: shop-db}}
                  messaging: {broker: %s, secretRef: {name: shop-broker}}
                """.formatted(broker), MiniProgramBackend.class);
        var secrets = new HashMap<>(Map.of("shop-wechat", Map.of("appSecret", APP_SECRET), "shop-db", DATABASE));
        if (secret != null) {
            secrets.put("shop-broker", secret);
        }
        return CredentialCheck.of(backend, name -> Optional.ofNullable(secrets.get(name)));
    }

    private CredentialCheck.Invalid invalid(Map<String, Map<String, String>> secrets) {
        return (CredentialCheck.Invalid) check(secrets);
    }

    private CredentialCheck check(Map<String, Map<String, String>> secrets) {
        return CredentialCheck.of(shop, name -> Optional.ofNullable(secrets.get(name)));
    }
}

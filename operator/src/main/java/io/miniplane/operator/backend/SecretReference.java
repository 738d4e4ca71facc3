package io.miniplane.operator.backend;

import io.miniplane.crd.v1alpha1.ApiSecurity;
import io.miniplane.crd.v1alpha1.Inventory;
import io.miniplane.crd.v1alpha1.MessagePush;
import io.miniplane.crd.v1alpha1.Messaging;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import io.miniplane.crd.v1alpha1.Pay;
import io.miniplane.crd.v1alpha1.SecretKeyRef;
import io.miniplane.crd.v1alpha1.SecretRef;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A value that a backend takes from a Secret of its owner.
 *
 * @param property server property that the value becomes
 * @param field field of the manifest that names the Secret
 * @param secret name of the Secret
 * @param key key in the Secret
 * @param shape what the value must look like
 * @param absence what to do without the key
 */
record SecretReference(
        String property, String field, String secret, String key, CredentialShape shape, Absence absence) {

    /** What the absence of a key means. */
    sealed interface Absence {

        /** The backend can't work. */
        record Refused() implements Absence {}

        /** The server decides. */
        record Accepted() implements Absence {}

        /** This value stands in. */
        record Replaced(String value) implements Absence {}
    }

    private static final String DATABASE = "miniplane.database.";
    private static final String CLUSTER = "spec.database.cloudNativePg";
    private static final Absence REFUSED = new Absence.Refused();
    private static final Absence ACCEPTED = new Absence.Accepted();

    /** All values that a backend takes from Secrets. */
    static List<SecretReference> in(MiniProgramBackend backend) {
        MiniProgramBackendSpec spec = backend.getSpec();
        var references = new ArrayList<SecretReference>();
        references.add(required(
                Credentials.APP_SECRET,
                "wechat.appSecretRef",
                spec.wechat().appSecretRef(),
                CredentialShape.APP_SECRET));
        addDatabase(backend, references);
        addMessaging(spec.messaging(), references);
        addPush(spec.wechat().messagePush(), references);
        addPay(spec.wechat().pay(), references);
        addApiSecurity(spec.wechat().apiSecurity(), references);
        addInventory(spec.inventory(), references);
        return references;
    }

    /** The value in the content of the Secret, or nothing. */
    @Nullable
    String valueIn(Map<String, String> content) {
        return property.startsWith(DATABASE) ? DatabaseSecret.value(key, content) : content.get(key);
    }

    /** Whether CloudNativePG makes the Secret, and not its owner. */
    boolean isMadeForUs() {
        return CLUSTER.equals(field);
    }

    private static void addDatabase(MiniProgramBackend backend, List<SecretReference> references) {
        SecretRef own = backend.getSpec().database().secretRef();
        String field = own == null ? CLUSTER : "spec.database.secretRef";
        String secret =
                own == null ? Backend.databaseSecret(backend.getMetadata().getName()) : own.name();
        BiConsumer<String, String> required = (name, key) -> references.add(database(
                field, secret, name, key, "host".equals(name) ? CredentialShape.HOST : CredentialShape.TEXT, REFUSED));
        required.accept("host", "host");
        required.accept("name", "dbname");
        required.accept("username", "username");
        required.accept("password", "password");
        references.add(database(field, secret, "port", "port", CredentialShape.PORT, new Absence.Replaced("5432")));
        references.add(database(field, secret, "ssl-mode", "sslmode", CredentialShape.SSL_MODE, ACCEPTED));
    }

    private static void addMessaging(@Nullable Messaging messaging, List<SecretReference> references) {
        if (messaging == null || messaging.secretRef() == null || messaging.broker() == Messaging.Broker.POSTGRES) {
            return;
        }
        SecretRef secret = messaging.secretRef();
        references.add(
                messaging.broker() == Messaging.Broker.KAFKA
                        ? messaging(secret, "bootstrap-servers", CredentialShape.BOOTSTRAP_SERVERS, REFUSED)
                        : messaging(secret, "uri", CredentialShape.AMQP_URI, REFUSED));
        references.add(messaging(secret, "username", CredentialShape.TEXT, ACCEPTED));
        references.add(messaging(secret, "password", CredentialShape.TEXT, ACCEPTED));
    }

    private static void addPush(@Nullable MessagePush push, List<SecretReference> references) {
        if (push == null) {
            return;
        }
        String name = "message-push.";
        references.add(wechat(name + "token", "messagePush.tokenRef", push.tokenRef(), CredentialShape.PUSH_TOKEN));
        addIfSet(
                name + "encoding-aes-key",
                "messagePush.encodingAesKeyRef",
                push.encodingAesKeyRef(),
                CredentialShape.ENCODING_AES_KEY,
                references);
    }

    private static void addPay(@Nullable Pay pay, List<SecretReference> references) {
        if (pay == null) {
            return;
        }
        addIfSet("pay.private-key", "pay.privateKeyRef", pay.privateKeyRef(), CredentialShape.PRIVATE_KEY, references);
        addIfSet("pay.api-v3-key", "pay.apiV3KeyRef", pay.apiV3KeyRef(), CredentialShape.API_V3_KEY, references);
        addIfSet(
                "pay.platform-public-key",
                "pay.platformPublicKeyRef",
                pay.platformPublicKeyRef(),
                CredentialShape.PUBLIC_KEY,
                references);
    }

    private static void addApiSecurity(@Nullable ApiSecurity security, List<SecretReference> references) {
        if (security == null) {
            return;
        }
        String name = "api-security.";
        String field = "apiSecurity.";
        references.add(wechat(
                name + "symmetric-key", field + "symmetricKeyRef", security.symmetricKeyRef(), CredentialShape.TEXT));
        references.add(
                wechat(name + "signing-key", field + "signingKeyRef", security.signingKeyRef(), CredentialShape.TEXT));
        references.add(wechat(
                name + "platform-certificate",
                field + "platformCertificateRef",
                security.platformCertificateRef(),
                CredentialShape.TEXT));
    }

    private static void addInventory(@Nullable Inventory inventory, List<SecretReference> references) {
        if (inventory != null && inventory.tokenRef() != null) {
            references.add(required(
                    "miniplane.inventory.token",
                    "inventory.tokenRef",
                    inventory.tokenRef(),
                    CredentialShape.BEARER_TOKEN));
        }
    }

    private static void addIfSet(
            String name,
            String field,
            @Nullable SecretKeyRef ref,
            CredentialShape shape,
            List<SecretReference> references) {
        if (ref != null) {
            references.add(wechat(name, field, ref, shape));
        }
    }

    private static SecretReference wechat(String name, String field, SecretKeyRef ref, CredentialShape shape) {
        return required("miniplane.wechat." + name, "wechat." + field, ref, shape);
    }

    private static SecretReference required(String property, String field, SecretKeyRef ref, CredentialShape shape) {
        return new SecretReference(property, "spec." + field, ref.name(), ref.key(), shape, REFUSED);
    }

    private static SecretReference messaging(SecretRef secret, String name, CredentialShape shape, Absence absence) {
        return new SecretReference(
                "miniplane.messaging." + name, "spec.messaging.secretRef", secret.name(), name, shape, absence);
    }

    private static SecretReference database(
            String field, String secret, String name, String key, CredentialShape shape, Absence absence) {
        return new SecretReference(DATABASE + name, field, secret, key, shape, absence);
    }
}

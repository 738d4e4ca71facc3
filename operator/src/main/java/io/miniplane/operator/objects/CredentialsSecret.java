package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The credentials as files, each named like the server property that it sets. */
final class CredentialsSecret extends OwnedObject<Secret> {

    CredentialsSecret() {
        super(Secret.class, CredentialsSecret::nameFor);
    }

    static String nameFor(String backend) {
        return backend + "-credentials";
    }

    @Override
    Secret render(Backend backend) {
        return of(nameFor(backend.name()), "backend", backend);
    }

    static Secret of(String name, String part, Backend backend) {
        var data = new TreeMap<String, String>();
        backend.credentials().properties().forEach((property, value) -> data.put(property, base64(value)));
        return new SecretBuilder()
                .withMetadata(backend.metadata(name, part))
                .withType("Opaque")
                .withData(data)
                .build();
    }

    static Credentials read(Secret secret) {
        var properties = new TreeMap<String, String>();
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        data.forEach((property, value) ->
                properties.put(property, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return new Credentials(properties);
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}

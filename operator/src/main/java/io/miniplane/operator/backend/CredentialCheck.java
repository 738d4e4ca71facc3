package io.miniplane.operator.backend;

import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.backend.SecretReference.Absence;
import io.miniplane.operator.objects.Credentials;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Whether everything that a backend takes from Secrets is there and looks right. */
sealed interface CredentialCheck {

    /** All of it is. */
    record Valid(Credentials credentials) implements CredentialCheck {}

    /** Something is missing or wrong, and the servers keep what they were given when it was not. */
    record Outdated(Credentials credentials, String reason, String message) implements CredentialCheck {}

    /** Something is missing or wrong; the message names the Secret, the key and the cure. */
    record Invalid(String reason, String message) implements CredentialCheck {}

    /** What the servers can be given, if anything. */
    default Optional<Credentials> usable() {
        return switch (this) {
            case Valid(Credentials credentials) -> Optional.of(credentials);
            case Outdated(Credentials credentials, String _, String _) -> Optional.of(credentials);
            case Invalid _ -> Optional.empty();
        };
    }

    /**
     * The same, unless it is invalid and what the servers were given before has all that the backend needs.
     *
     * @param before what the servers were given
     */
    default CredentialCheck orElse(Optional<Credentials> before, MiniProgramBackend backend) {
        if (!(this instanceof Invalid(String reason, String message))) {
            return this;
        }
        return before.filter(credentials -> SecretReference.in(backend).stream()
                        .filter(reference -> reference.absence() instanceof Absence.Refused)
                        .allMatch(reference -> credentials.properties().containsKey(reference.property())))
                .<CredentialCheck>map(credentials -> new Outdated(credentials, reason, message))
                .orElse(this);
    }

    /**
     * Reads and checks all values.
     *
     * @param secrets finds the content of a Secret by its name
     */
    static CredentialCheck of(MiniProgramBackend backend, Function<String, Optional<Map<String, String>>> secrets) {
        List<SecretReference> references = SecretReference.in(backend);
        var missing = new TreeMap<String, String>();
        references.stream()
                .filter(reference -> secrets.apply(reference.secret()).isEmpty())
                .forEach(reference -> missing.putIfAbsent(reference.secret(), absence(reference, references)));
        if (!missing.isEmpty()) {
            return new Invalid("SecretMissing", String.join("; ", missing.values()));
        }
        return checkKeys(references, secrets);
    }

    private static CredentialCheck checkKeys(
            List<SecretReference> references, Function<String, Optional<Map<String, String>>> secrets) {
        var properties = new TreeMap<String, String>();
        var absent = new TreeSet<String>();
        var malformed = new TreeSet<String>();
        for (SecretReference reference : references) {
            String value = reference.valueIn(secrets.apply(reference.secret()).orElseThrow());
            if (value != null && reference.shape().fits(value.strip())) {
                properties.put(reference.property(), value.strip());
            } else if (value != null) {
                malformed.add("Secret %s has a value under the key %s that doesn't fit: it %s"
                        .formatted(
                                reference.secret(),
                                reference.key(),
                                reference.shape().rule()));
            } else {
                switch (reference.absence()) {
                    case Absence.Refused() ->
                        absent.add("Secret %s, which %s names, has no key %s: add it"
                                .formatted(reference.secret(), reference.field(), reference.key()));
                    case Absence.Replaced(String standIn) -> properties.put(reference.property(), standIn);
                    case Absence.Accepted() -> {}
                }
            }
        }
        if (!absent.isEmpty()) {
            return new Invalid("KeyMissing", String.join("; ", absent));
        }
        return malformed.isEmpty()
                ? new Valid(new Credentials(properties))
                : new Invalid("Malformed", String.join("; ", malformed));
    }

    private static String absence(SecretReference reference, List<SecretReference> references) {
        if (reference.isMadeForUs()) {
            return "Secret %s is not made yet: CloudNativePG makes it with the Cluster that %s asks for"
                    .formatted(reference.secret(), reference.field());
        }
        return "Secret %s, which %s names, is missing: create it with %s"
                .formatted(reference.secret(), reference.field(), keysOf(reference.secret(), references));
    }

    private static String keysOf(String secret, List<SecretReference> references) {
        var keys = new TreeSet<String>();
        references.stream()
                .filter(reference -> reference.secret().equals(secret))
                .filter(reference -> reference.absence() instanceof Absence.Refused)
                .forEach(reference -> keys.add(reference.key()));
        return (keys.size() == 1 ? "the key " : "the keys ") + String.join(", ", keys);
    }
}

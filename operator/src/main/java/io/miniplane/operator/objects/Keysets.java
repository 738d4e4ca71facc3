package io.miniplane.operator.objects;

import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.jwt.JwtEcdsaParameters;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The keysets of a backend, by file name.
 *
 * @param byFile one for each of {@link #FILES}
 */
record Keysets(Map<String, Keyset> byFile) {

    /** Encrypts data at rest. */
    static final String DATA = "data.json";

    /** Digests what is searched for but stored encrypted. */
    static final String INDEX = "index.json";

    /** Signs tokens. */
    static final String JWT = "jwt.json";

    private static final Map<String, Parameters> FILES = parameters();

    /** New keysets of one key each. */
    static Keysets generate() {
        var keysets = new LinkedHashMap<String, Keyset>();
        FILES.forEach((file, parameters) -> keysets.put(file, Keyset.generate(parameters)));
        return new Keysets(keysets);
    }

    /** The files that a complete set of keys consists of. */
    static Iterable<String> files() {
        return FILES.keySet();
    }

    /** The name of a keyset, as servers call it. */
    static String nameOf(String file) {
        return file.substring(0, file.indexOf('.'));
    }

    /** The keysets in Tink's clear-text JSON. */
    Map<String, String> json() {
        var texts = new LinkedHashMap<String, String>();
        byFile.forEach((file, keyset) -> texts.put(file, keyset.json()));
        return texts;
    }

    /** The id of the primary key of each keyset, by its name. */
    Map<String, Long> primaries() {
        var ids = new LinkedHashMap<String, Long>();
        byFile.forEach((file, keyset) -> ids.put(nameOf(file), keyset.primary()));
        return ids;
    }

    /** The id of the key of each keyset that encrypts or signs nothing yet: the last one. */
    Map<String, Long> newest() {
        var ids = new LinkedHashMap<String, Long>();
        byFile.forEach((file, keyset) -> ids.put(nameOf(file), keyset.ids().getLast()));
        return ids;
    }

    /** Each with one key more, whose id is new to it. */
    Keysets introduced() {
        var keysets = new LinkedHashMap<String, Keyset>();
        byFile.forEach((file, keyset) -> keysets.put(file, keyset.with(another(file, keyset))));
        return new Keysets(keysets);
    }

    /** Each with the key of this id as primary. */
    Keysets promoted(Map<String, Long> ids) {
        var keysets = new LinkedHashMap<String, Keyset>();
        byFile.forEach((file, keyset) -> keysets.put(file, keyset.withPrimary(ids.getOrDefault(nameOf(file), -1L))));
        return new Keysets(keysets);
    }

    /** Each with its primary key alone. */
    Keysets retired() {
        var keysets = new LinkedHashMap<String, Keyset>();
        byFile.forEach((file, keyset) -> keysets.put(file, keyset.primaryOnly()));
        return new Keysets(keysets);
    }

    private static Keyset another(String file, Keyset known) {
        Keyset fresh;
        do {
            fresh = Keyset.generate(Objects.requireNonNull(FILES.get(file), file));
        } while (known.ids().contains(fresh.primary()));
        return fresh;
    }

    private static Map<String, Parameters> parameters() {
        try {
            var parameters = new LinkedHashMap<String, Parameters>();
            parameters.put(DATA, PredefinedAeadParameters.AES256_GCM);
            parameters.put(INDEX, PredefinedMacParameters.HMAC_SHA256_256BITTAG);
            parameters.put(
                    JWT,
                    JwtEcdsaParameters.builder()
                            .setAlgorithm(JwtEcdsaParameters.Algorithm.ES256)
                            .setKidStrategy(JwtEcdsaParameters.KidStrategy.BASE64_ENCODED_KEY_ID)
                            .build());
            return parameters;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink can't be set up.", e);
        }
    }
}

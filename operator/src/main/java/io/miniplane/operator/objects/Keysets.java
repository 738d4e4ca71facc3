package io.miniplane.operator.objects;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.config.TinkConfig2026;
import com.google.crypto.tink.jwt.JwtEcdsaParameters;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes and reads the keysets of a backend. */
final class Keysets {

    /** Encrypts data at rest. */
    static final String DATA = "data.json";

    /** Digests what is searched for but stored encrypted. */
    static final String INDEX = "index.json";

    /** Signs tokens. */
    static final String JWT = "jwt.json";

    private static final Map<String, Parameters> PARAMETERS = parameters();

    private Keysets() {}

    /** New keysets by file name, in Tink's clear-text JSON. */
    static Map<String, String> generate() {
        var keysets = new LinkedHashMap<String, String>();
        PARAMETERS.forEach((file, parameters) -> keysets.put(file, generate(parameters)));
        return keysets;
    }

    /** The files that a complete set of keys consists of. */
    static Iterable<String> files() {
        return PARAMETERS.keySet();
    }

    /**
     * The id of the key that encrypts or signs.
     *
     * @throws GeneralSecurityException when the text is no keyset; the message holds none of it
     */
    static String primaryKeyId(String keyset) throws GeneralSecurityException {
        KeysetHandle handle;
        try {
            handle = TinkJsonProtoKeysetFormat.parseKeyset(keyset, TinkConfig2026.get(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new GeneralSecurityException("This is no Tink keyset with a primary key.");
        }
        return Integer.toUnsignedString(handle.getPrimary().getId());
    }

    private static String generate(Parameters parameters) {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(parameters, TinkConfig2026.get()),
                    TinkConfig2026.get(),
                    InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink can't make a key of a kind that it was set up for.", e);
        }
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

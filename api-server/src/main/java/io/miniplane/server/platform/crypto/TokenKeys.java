package io.miniplane.server.platform.crypto;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.jwt.JwkSetConverter;
import com.google.crypto.tink.jwt.JwtConfig2026;
import com.google.crypto.tink.jwt.JwtEcdsaParameters;
import com.google.crypto.tink.jwt.JwtPublicKeySign;
import com.google.crypto.tink.jwt.JwtPublicKeyVerify;
import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * One loaded state of the token keyset (ES256). States of different loads are not equal.
 *
 * @param signer signs with the primary key and names it in {@code kid}
 * @param verifier accepts a signature of any enabled key
 * @param jwks the public keys as a JSON Web Key Set (RFC 7517), with the {@code kid} values that the signer writes
 */
public record TokenKeys(JwtPublicKeySign signer, JwtPublicKeyVerify verifier, String jwks) {

    static final Configuration CONFIGURATION = JwtConfig2026.get();

    static TokenKeys of(KeysetHandle handle) throws GeneralSecurityException, IOException {
        requireEs256(handle);
        KeysetHandle publicKeys = handle.getPublicKeysetHandle();
        return new TokenKeys(
                handle.getPrimitive(CONFIGURATION, JwtPublicKeySign.class),
                publicKeys.getPrimitive(CONFIGURATION, JwtPublicKeyVerify.class),
                JwkSetConverter.fromPublicKeysetHandle(publicKeys));
    }

    private static void requireEs256(KeysetHandle handle) throws GeneralSecurityException {
        for (int i = 0; i < handle.size(); i++) {
            if (!(handle.getAt(i).getKey().getParameters() instanceof JwtEcdsaParameters parameters)
                    || parameters.getAlgorithm() != JwtEcdsaParameters.Algorithm.ES256
                    || parameters.allowKidAbsent()) {
                throw new GeneralSecurityException("it holds a key that is not of type JWT_ES256 with a key id");
            }
        }
    }
}

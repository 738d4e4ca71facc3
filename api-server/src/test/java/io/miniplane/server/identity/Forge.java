package io.miniplane.server.identity;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.jwt.JwtConfig2026;
import com.google.crypto.tink.jwt.JwtInvalidException;
import com.google.crypto.tink.jwt.JwtPublicKeySign;
import com.google.crypto.tink.jwt.RawJwt;
import io.miniplane.simulator.SimulatorOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Makes tokens that are genuine but for one thing. */
final class Forge {

    private Forge() {}

    /** Signs the claims of a good token, changed as told. */
    static String sign(KeysetHandle keys, UnaryOperator<RawJwt.Builder> change) {
        try {
            RawJwt jwt = change.apply(claims()).build();
            return keys.getPrimitive(JwtConfig2026.get(), JwtPublicKeySign.class)
                    .signAndEncode(jwt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The token with another header, its signature left as it was or taken off. */
    static String withHeader(String token, String header, boolean signed) {
        String[] parts = token.split("\\.", -1);
        return base64(header) + "." + parts[1] + "." + (signed ? parts[2] : "");
    }

    /** The token with another user in it. */
    static String withSubject(String token, String from, String to) {
        String[] parts = token.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        return parts[0] + "." + base64(claims.replace(from, to)) + "." + parts[2];
    }

    private static RawJwt.Builder claims() throws JwtInvalidException {
        return RawJwt.newBuilder()
                .setIssuer("miniplane")
                .setAudience(SimulatorOptions.TRIAL_APP_ID)
                .setSubject(UUID.randomUUID().toString())
                .addStringClaim("sid", UUID.randomUUID().toString())
                .addJsonArrayClaim("roles", "[\"user\"]")
                .setIssuedAt(Instant.now())
                .setExpiration(Instant.now().plusSeconds(60));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

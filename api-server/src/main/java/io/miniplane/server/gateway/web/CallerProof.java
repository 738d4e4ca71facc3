package io.miniplane.server.gateway.web;

import com.google.crypto.tink.jwt.RawJwt;
import io.miniplane.server.identity.CallersAtWechat.Names;
import io.miniplane.server.platform.crypto.TokenKeys;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signs who calls, for containers that want proof: a JSON Web Token (ES256) for the audience {@code upstream}, which opens nothing here. Its keys are
 * those of {@code /.well-known/jwks.json}.
 */
final class CallerProof {

    /** How long a proof is good for. */
    static final Duration LIFETIME = Duration.ofSeconds(60);

    private static final String AUDIENCE = "upstream";
    private static final String ISSUER = "miniplane";

    private final Supplier<TokenKeys> keys;
    private final String appId;
    private final InstantSource clock;

    CallerProof(Supplier<TokenKeys> keys, String appId, InstantSource clock) {
        this.keys = keys;
        this.appId = appId;
        this.clock = clock;
    }

    /** A fresh proof. */
    String of(Caller caller, @Nullable Names names) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        try {
            RawJwt.Builder jwt = RawJwt.newBuilder()
                    .setIssuer(ISSUER)
                    .setAudience(AUDIENCE)
                    .setSubject(caller.name())
                    .addStringClaim("app", appId)
                    .addJsonArrayClaim("roles", roles(caller))
                    .setIssuedAt(now)
                    .setExpiration(now.plus(LIFETIME));
            if (names != null) {
                jwt.addStringClaim("openid", names.openId());
                if (names.unionId() != null) {
                    jwt.addStringClaim("unionid", names.unionId());
                }
            }
            return keys.get().signer().signAndEncode(jwt.build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The token keyset cannot sign", e);
        }
    }

    private static String roles(Caller caller) {
        return caller.roles().stream().map(Role::claim).sorted().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }
}

package io.miniplane.server.identity.infrastructure;

import com.google.crypto.tink.jwt.JwtInvalidException;
import com.google.crypto.tink.jwt.JwtValidator;
import com.google.crypto.tink.jwt.RawJwt;
import com.google.crypto.tink.jwt.VerifiedJwt;
import io.miniplane.server.identity.application.AccessToken;
import io.miniplane.server.identity.application.AccessTokens;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.crypto.TokenKeys;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;

/** Access tokens as JSON Web Tokens signed with ES256. */
final class SignedAccessTokens implements AccessTokens {

    static final ErrorCode EXPIRED = new ErrorCode(40101);
    static final ErrorCode INVALID = new ErrorCode(40102);
    static final ErrorCode WRONG_AUDIENCE = new ErrorCode(40103);

    private static final String SESSION = "sid";
    private static final String ROLES = "roles";
    private static final String ROLES_OF_USER = "[\"" + Role.USER.claim() + "\"]";

    // Tink answers every reason with one exception, so it checks the signature alone: at the epoch nothing has expired.
    private static final JwtValidator SIGNATURE_ONLY = JwtValidator.newBuilder()
            .ignoreTypeHeader()
            .ignoreIssuer()
            .ignoreAudiences()
            .setClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
            .build();

    private final Supplier<TokenKeys> keys;
    private final String issuer;
    private final String audience;
    private final Duration lifetime;
    private final Clock clock;

    SignedAccessTokens(Supplier<TokenKeys> keys, String issuer, String audience, Duration lifetime, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.audience = audience;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    @Override
    public AccessToken issue(Caller.User user) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(lifetime);
        try {
            RawJwt jwt = RawJwt.newBuilder()
                    .setIssuer(issuer)
                    .setAudience(audience)
                    .setSubject(user.userId().toString())
                    .addStringClaim(SESSION, user.sessionId().toString())
                    .addJsonArrayClaim(ROLES, ROLES_OF_USER)
                    .setIssuedAt(now)
                    .setExpiration(expiresAt)
                    .build();
            return new AccessToken(keys.get().signer().signAndEncode(jwt), expiresAt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The token keyset cannot sign", e);
        }
    }

    @Override
    public Caller.User read(String token) {
        return verify(token, keys.get()).user();
    }

    /** Verifies a token with the given keys, and says how long it is good for. */
    Verified verify(String token, TokenKeys tokenKeys) {
        Verified verified;
        try {
            verified = claims(tokenKeys.verifier().verifyAndDecode(token, SIGNATURE_ONLY));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Tink's texts may quote the token, so the cause is dropped.
            throw new Failure(INVALID);
        }
        return inTime(verified);
    }

    /** Returns what still holds, and refuses what has expired meanwhile. */
    Verified inTime(Verified verified) {
        if (!clock.instant().isBefore(verified.expiresAt())) {
            throw new Failure(EXPIRED);
        }
        return verified;
    }

    private Verified claims(VerifiedJwt jwt) throws JwtInvalidException {
        boolean ours = jwt.hasIssuer() && jwt.getIssuer().equals(issuer);
        if (!ours || !jwt.hasAudiences() || !jwt.getAudiences().contains(audience)) {
            throw new Failure(WRONG_AUDIENCE);
        }
        UserId user = new UserId(UUID.fromString(jwt.getSubject()));
        SessionId session = new SessionId(UUID.fromString(jwt.getStringClaim(SESSION)));
        if (!jwt.getJsonArrayClaim(ROLES).equals(ROLES_OF_USER)) {
            throw new Failure(INVALID);
        }
        return new Verified(new Caller.User(user, session), end(jwt));
    }

    /** Ended sessions are remembered for the lifetime of today, so a token of longer-lived times ends by it too. */
    private Instant end(VerifiedJwt jwt) throws JwtInvalidException {
        Instant latest = jwt.getIssuedAt().plus(lifetime);
        return jwt.getExpiration().isBefore(latest) ? jwt.getExpiration() : latest;
    }

    /**
     * What a genuine token says.
     *
     * @param user who holds it
     * @param expiresAt from when on it opens nothing
     */
    record Verified(Caller.User user, Instant expiresAt) {}
}

package io.miniplane.server.identity.infrastructure;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWKSecurityContext;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import io.miniplane.server.identity.infrastructure.StaffTokens.Verified;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/** Verifies a token of the company's issuer: signature, times, audience, kind, and the roles that it gives. */
final class StaffTokenCheck {

    static final ErrorCode NOT_AN_ACCESS_TOKEN = new ErrorCode(40107);
    static final ErrorCode NO_ROLE = new ErrorCode(40300);

    /** The asymmetric algorithms that OpenID Connect issuers use; with a shared secret or none anybody could sign. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    /** What only ID tokens and logout tokens carry. */
    private static final Set<String> OF_OTHER_TOKENS = Set.of("at_hash", "c_hash", "events");

    private static final int LONGEST_SUBJECT = 255;

    private final StaffSettings.SignIn settings;
    private final StaffRoles roles;
    private final NimbusReactiveJwtDecoder decoder;
    private final Clock clock;

    StaffTokenCheck(StaffSettings.SignIn settings, IssuerKeys keys, Clock clock) {
        this.settings = settings;
        this.roles = new StaffRoles(settings.rolesClaim(), settings.roles());
        this.clock = clock;
        this.decoder = NimbusReactiveJwtDecoder.withJwkSource(keys::select)
                .jwtProcessorCustomizer(StaffTokenCheck::restrict)
                .build();
        // The claims are checked below, where each reason has its own code.
        this.decoder.setJwtValidator(jwt -> OAuth2TokenValidatorResult.success());
    }

    /** What a token says, or a failure: 40101, 40102, 40103, 40107, 40300, 50306. */
    Mono<Verified> verify(String token) {
        return decoder.decode(token).onErrorMap(StaffTokenCheck::refusal).map(this::checked);
    }

    private static void restrict(ConfigurableJWTProcessor<JWKSecurityContext> processor) {
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new JWKSecurityContextJWKSet()));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
    }

    /** Our own failure where there is one beneath; what the library says may quote the token, so it is dropped. */
    private static Throwable refusal(Throwable error) {
        return Stream.<@Nullable Throwable>iterate(error, cause -> cause != null, Throwable::getCause)
                .filter(Failure.class::isInstance)
                .findFirst()
                .orElseGet(() -> error instanceof JwtException ? new Failure(SignedAccessTokens.INVALID) : error);
    }

    private Verified checked(Jwt jwt) {
        Instant until = inTime(jwt);
        String subject = jwt.getSubject();
        if (!settings.issuer().equals(jwt.getClaimAsString("iss"))
                || subject == null
                || subject.isBlank()
                || subject.length() > LONGEST_SUBJECT) {
            throw new Failure(SignedAccessTokens.INVALID);
        }
        if (jwt.getAudience() == null || !jwt.getAudience().contains(settings.audience())) {
            throw new Failure(SignedAccessTokens.WRONG_AUDIENCE);
        }
        if (isOfOtherKind(jwt)) {
            throw new Failure(NOT_AN_ACCESS_TOKEN);
        }
        Set<Role> given = roles.of(jwt.getClaims());
        if (given.isEmpty()) {
            throw new Failure(NO_ROLE);
        }
        return new Verified(new Caller.Staff(settings.issuer(), subject, given), until);
    }

    /** When the token ends: at its own time, or when it is too old. */
    private Instant inTime(Jwt jwt) {
        Instant now = clock.instant();
        Instant issued = jwt.getIssuedAt();
        Instant expires = jwt.getExpiresAt();
        Instant early = now.plus(settings.clockSkew());
        if (issued == null
                || expires == null
                || issued.isAfter(early)
                || (jwt.getNotBefore() != null && jwt.getNotBefore().isAfter(early))) {
            throw new Failure(SignedAccessTokens.INVALID);
        }
        Instant oldest = issued.plus(settings.longestAge());
        Instant until = (expires.isBefore(oldest) ? expires : oldest).plus(settings.clockSkew());
        if (!now.isBefore(until)) {
            throw new Failure(SignedAccessTokens.EXPIRED);
        }
        return until;
    }

    private static boolean isOfOtherKind(Jwt jwt) {
        String kind = jwt.getClaimAsString("typ");
        return "ID".equals(kind) || OF_OTHER_TOKENS.stream().anyMatch(jwt::hasClaim);
    }
}

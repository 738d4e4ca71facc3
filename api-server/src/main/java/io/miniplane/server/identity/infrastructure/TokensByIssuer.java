package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.TokenVerifier;
import reactor.core.publisher.Mono;

/** Sends each token to who can verify it: those of the company's issuer to {@link StaffTokens}, all others to our own. */
final class TokensByIssuer implements TokenVerifier {

    private final VerifiedTokens users;
    private final StaffTokens staff;

    TokensByIssuer(VerifiedTokens users, StaffTokens staff) {
        this.users = users;
        this.staff = staff;
    }

    @Override
    public Mono<? extends Caller> verify(String token) {
        String digest = TokenDigest.of(token);
        return !users.remembers(digest) && staff.issued(token, digest)
                ? staff.verify(token, digest)
                : Mono.just(users.verify(token, digest));
    }
}

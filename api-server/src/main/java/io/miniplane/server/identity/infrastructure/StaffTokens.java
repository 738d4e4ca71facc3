package io.miniplane.server.identity.infrastructure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.miniplane.server.platform.security.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The tokens of staff: each is verified once and then remembered for a short while, so that a key that the issuer took back soon opens nothing. */
final class StaffTokens {

    private static final Duration REMEMBERED = Duration.ofSeconds(60);
    private static final int MOST = 10_000;

    private final String issuer;
    private final StaffTokenCheck check;
    private final StaffVerifications counted;
    private final Clock clock;
    private final Cache<String, Verified> cache =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    StaffTokens(String issuer, StaffTokenCheck check, StaffVerifications counted, Clock clock) {
        this.issuer = issuer;
        this.check = check;
        this.counted = counted;
        this.clock = clock;
    }

    /** Whether a token says to be of the company's issuer. */
    boolean issued(String token, String digest) {
        return cache.getIfPresent(digest) != null
                || UnverifiedIssuer.of(token).filter(issuer::equals).isPresent();
    }

    /** The member of staff who holds a token, or a failure. */
    Mono<Caller.Staff> verify(String token, String digest) {
        @Nullable Verified known = cache.getIfPresent(digest);
        return known != null && clock.instant().isBefore(known.until())
                ? Mono.just(known.staff())
                : counted.count(check.verify(token))
                        .doOnNext(verified -> cache.put(digest, verified))
                        .map(Verified::staff);
    }

    /**
     * What a genuine token says.
     *
     * @param staff who holds it
     * @param until from when on it opens nothing
     */
    record Verified(Caller.Staff staff, Instant until) {}
}

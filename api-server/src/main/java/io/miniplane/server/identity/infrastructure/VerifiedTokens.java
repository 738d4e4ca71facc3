package io.miniplane.server.identity.infrastructure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.miniplane.server.identity.infrastructure.SignedAccessTokens.Verified;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.crypto.TokenKeys;
import io.miniplane.server.platform.security.Caller;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the signature of a token once and remembers the result under the token's digest. What was verified with keys that have been replaced
 * since is verified again, so that a key taken out of the keyset opens nothing from then on.
 */
final class VerifiedTokens {

    private static final ErrorCode SESSION_ENDED = new ErrorCode(40104);

    private final SignedAccessTokens tokens;
    private final Supplier<TokenKeys> keys;
    private final EndedSessionSet ended;
    private final Cache<String, Remembered> cache;

    VerifiedTokens(
            SignedAccessTokens tokens, Supplier<TokenKeys> keys, EndedSessionSet ended, int size, Duration lifetime) {
        this.tokens = tokens;
        this.keys = keys;
        this.ended = ended;
        this.cache = Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfterWrite(lifetime)
                .build();
    }

    /** Whether this token was verified before, so that it needs no look at what it says. */
    boolean remembers(String digest) {
        return cache.getIfPresent(digest) != null;
    }

    /** The user who holds a token, known by its digest, or a failure that is thrown. */
    Caller.User verify(String token, String digest) {
        Caller.User user = remembered(token, digest).user();
        if (ended.contains(user.sessionId())) {
            throw new Failure(SESSION_ENDED);
        }
        return user;
    }

    private Verified remembered(String token, String digest) {
        TokenKeys now = keys.get();
        @Nullable Remembered known = cache.getIfPresent(digest);
        if (known != null && known.keys().equals(now)) {
            return tokens.inTime(known.verified());
        }
        Verified verified = tokens.verify(token, now);
        cache.put(digest, new Remembered(now, verified));
        return verified;
    }

    private record Remembered(TokenKeys keys, Verified verified) {}
}

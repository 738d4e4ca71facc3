package io.miniplane.server.identity.infrastructure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.miniplane.server.identity.infrastructure.SignedAccessTokens.Verified;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.crypto.TokenKeys;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Verifies the signature of a token once and remembers the result under the token's digest. What was verified with keys that have been replaced
 * since is verified again, so that a key taken out of the keyset opens nothing from then on.
 */
final class VerifiedTokens implements TokenVerifier {

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

    @Override
    public Mono<Caller.User> verify(String token) {
        Caller.User user = remembered(token).user();
        if (ended.contains(user.sessionId())) {
            throw new Failure(SESSION_ENDED);
        }
        return Mono.just(user);
    }

    private Verified remembered(String token) {
        String digest = digest(token);
        TokenKeys now = keys.get();
        @Nullable Remembered known = cache.getIfPresent(digest);
        if (known != null && known.keys().equals(now)) {
            return tokens.inTime(known.verified());
        }
        Verified verified = tokens.verify(token, now);
        cache.put(digest, new Remembered(now, verified));
        return verified;
    }

    private static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return new String(digest, StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private record Remembered(TokenKeys keys, Verified verified) {}
}

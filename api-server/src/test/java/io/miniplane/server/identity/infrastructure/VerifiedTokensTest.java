package io.miniplane.server.identity.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.jwt.JwtConfig2026;
import com.google.crypto.tink.jwt.JwtPublicKeySign;
import com.google.crypto.tink.jwt.JwtPublicKeyVerify;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.crypto.KeysetDirectory;
import io.miniplane.server.platform.crypto.TokenKeys;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

    private static final Duration LIFETIME = Duration.ofHours(2);
    private static final Caller.User CALLER =
            new Caller.User(new UserId(UUID.randomUUID()), new SessionId(UUID.randomUUID()));

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger signaturesChecked = new AtomicInteger();
    private final KeysetHandle keyset = KeysetDirectory.fresh("jwt");
    private final EndedSessionSet ended = new EndedSessionSet(LIFETIME);
    private TokenKeys keys = load(keyset);
    private SignedAccessTokens tokens;
    private VerifiedTokens verified;

    @BeforeEach
    void build() {
        tokens = new SignedAccessTokens(() -> keys, "miniplane", "wx0123456789abcdef", LIFETIME, clock);
        verified = new VerifiedTokens(tokens, () -> keys, ended, 100, LIFETIME);
        ended.markComplete();
    }

    @Test
    void aSignatureIsCheckedOnceForManyRequests() {
        String token = tokens.issue(CALLER).text();
        for (int request = 0; request < 5; request++) {
            assertThat(verify(token)).isEqualTo(CALLER);
        }
        assertThat(signaturesChecked).hasValue(1);
    }

    @Test
    void afterTheKeysWereReadAgainItIsCheckedOnceMoreAndRememberedAgain() {
        String token = tokens.issue(CALLER).text();
        verify(token);
        keys = load(keyset);
        verify(token);
        verify(token);
        assertThat(signaturesChecked).hasValue(2);
    }

    @Test
    void aRememberedTokenOfARemovedKeyOpensNothing() {
        String token = tokens.issue(CALLER).text();
        verify(token);
        keys = load(KeysetDirectory.fresh("jwt"));
        refused(40102, token);
    }

    @Test
    void aRememberedTokenExpiresOnTheSecond() {
        String token = tokens.issue(CALLER).text();
        clock.now = clock.now.plus(LIFETIME).minusSeconds(1);
        assertThat(verify(token)).isEqualTo(CALLER);
        clock.now = clock.now.plusSeconds(1);
        refused(40101, token);
    }

    @Test
    void aTokenOfLongerLivedTimesEndsByTheLifetimeOfToday() {
        Duration longer = LIFETIME.multipliedBy(12);
        String token = new SignedAccessTokens(() -> keys, "miniplane", "wx0123456789abcdef", longer, clock)
                .issue(CALLER)
                .text();
        clock.now = clock.now.plus(LIFETIME).minusSeconds(1);
        assertThat(verify(token)).isEqualTo(CALLER);
        clock.now = clock.now.plusSeconds(1);
        refused(40101, token);
    }

    @Test
    void aRememberedTokenOfAnEndedSessionOpensNothing() {
        String token = tokens.issue(CALLER).text();
        verify(token);
        ended.add(CALLER.sessionId());
        refused(40104, token);
        assertThat(tokens.read(token)).isEqualTo(CALLER);
    }

    @Test
    void untilItIsKnownWhichSessionsHaveEndedNobodyGetsIn() {
        VerifiedTokens early = new VerifiedTokens(tokens, () -> keys, new EndedSessionSet(LIFETIME), 100, LIFETIME);
        String token = tokens.issue(CALLER).text();
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> early.verify(token, TokenDigest.of(token)))
                .satisfies(failure -> {
                    assertThat(failure.code().value()).isEqualTo(50302);
                    assertThat(failure.retryAfter()).isPositive();
                });
    }

    private Caller.User verify(String token) {
        return verified.verify(token, TokenDigest.of(token));
    }

    private void refused(int code, String token) {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> verify(token))
                .satisfies(failure -> assertThat(failure.code().value()).isEqualTo(code));
    }

    /** The keys as they are read from a file, counting what they verify, which real keys don't. */
    @SuppressWarnings("Immutable")
    private TokenKeys load(KeysetHandle handle) {
        try {
            JwtPublicKeyVerify verifier =
                    handle.getPublicKeysetHandle().getPrimitive(JwtConfig2026.get(), JwtPublicKeyVerify.class);
            return new TokenKeys(
                    handle.getPrimitive(JwtConfig2026.get(), JwtPublicKeySign.class),
                    (token, validator) -> {
                        signaturesChecked.incrementAndGet();
                        return verifier.verifyAndDecode(token, validator);
                    },
                    "{}");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class MovableClock extends Clock {

        private Instant now = Instant.parse("2026-11-23T12:00:00.500Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}

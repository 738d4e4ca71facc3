package io.miniplane.server.identity.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.miniplane.server.platform.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class IssuerKeysTest {

    private static final JWK KEY = key();

    private final AtomicInteger questions = new AtomicInteger();
    private Instant now = Instant.parse("2026-11-24T08:00:00Z");
    private Mono<JWKSet> answer = Mono.just(new JWKSet(KEY));
    private final IssuerKeys keys = new IssuerKeys(
            () -> {
                questions.incrementAndGet();
                return answer;
            },
            () -> now);

    @Test
    void keysAreAskedForOnceAndAgainWhenTheyAreOld() {
        assertThat(select(KEY.getKeyID())).containsExactly(KEY);
        assertThat(select(KEY.getKeyID())).containsExactly(KEY);
        assertThat(questions).hasValue(1);
        pass(IssuerKeys.FRESH);
        assertThat(select(KEY.getKeyID())).containsExactly(KEY);
        assertThat(questions).hasValue(2);
    }

    @Test
    void manyThatWaitShareOneQuestion() {
        Sinks.One<JWKSet> late = Sinks.one();
        answer = late.asMono();
        AtomicInteger answered = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            keys.select(token(KEY.getKeyID())).subscribe(key -> answered.incrementAndGet());
        }
        late.tryEmitValue(new JWKSet(KEY));
        assertThat(answered).hasValue(10);
        assertThat(questions).hasValue(1);
    }

    @Test
    void whoeverHangsUpDoesNotStopTheQuestionOfOthers() {
        Sinks.One<JWKSet> late = Sinks.one();
        answer = late.asMono();
        keys.select(token(KEY.getKeyID())).subscribe().dispose();
        late.tryEmitValue(new JWKSet(KEY));
        assertThat(select(KEY.getKeyID())).containsExactly(KEY);
        assertThat(questions).hasValue(1);
    }

    @Test
    void anUnknownKeyLeadsToOneQuestionPerPause() {
        select(KEY.getKeyID());
        for (int i = 0; i < 100; i++) {
            assertThat(select("unknown" + i)).isEmpty();
        }
        assertThat(questions).hasValue(1);
        pass(IssuerKeys.PAUSE);
        for (int i = 0; i < 100; i++) {
            assertThat(select("unknown" + i)).isEmpty();
        }
        assertThat(questions).hasValue(2);
    }

    @Test
    void whileTheIssuerIsAwayKnownKeysServeForAnHour() {
        select(KEY.getKeyID());
        answer = Mono.error(new IllegalStateException("away"));
        pass(IssuerKeys.OLDEST.minusSeconds(1));
        assertThat(select(KEY.getKeyID())).containsExactly(KEY);
        unavailable("unknown");
        pass(Duration.ofSeconds(1));
        unavailable(KEY.getKeyID());
        assertThat(questions).hasValue(2);

        answer = Mono.just(new JWKSet(KEY));
        pass(IssuerKeys.PAUSE);
        assertThat(select(KEY.getKeyID())).containsExactly(KEY);
    }

    @Test
    void aKeyThatTheIssuerTookBackIsGoneOnceTheKeysWereAskedForAgain() {
        select(KEY.getKeyID());
        answer = Mono.just(new JWKSet(key()));
        pass(IssuerKeys.FRESH);
        select(KEY.getKeyID());
        assertThat(select(KEY.getKeyID())).isEmpty();
    }

    private List<JWK> select(String key) {
        return keys.select(token(key)).collectList().block();
    }

    private void unavailable(String key) {
        assertThatExceptionOfType(Failure.class).isThrownBy(() -> select(key)).satisfies(failure -> {
            assertThat(failure.code().value()).isEqualTo(50306);
            assertThat(failure.retryAfter()).isEqualTo(IssuerKeys.PAUSE);
        });
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static SignedJWT token(String key) {
        return new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key).build(), new JWTClaimsSet.Builder().build());
    }

    private static JWK key() {
        try {
            return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}

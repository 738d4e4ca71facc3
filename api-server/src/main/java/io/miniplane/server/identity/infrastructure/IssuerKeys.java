package io.miniplane.server.identity.infrastructure;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The public keys of the issuer, asked for when the first token comes and kept. Behind their age they are asked for again while the old ones serve;
 * a key that is not among them makes us ask at once, but not for every token that names a key at random. While the issuer cannot be asked, the
 * keys that are known serve for an hour.
 */
final class IssuerKeys {

    static final ErrorCode ISSUER_UNAVAILABLE = new ErrorCode(50306);

    /** How old the keys may be before they are asked for again. */
    static final Duration FRESH = Duration.ofMinutes(5);

    /** How old they may be when the issuer cannot be asked. */
    static final Duration OLDEST = Duration.ofHours(1);

    /** How long after one question no unknown key leads to the next. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = LogManager.getLogger(IssuerKeys.class);

    private final Supplier<Mono<JWKSet>> issuer;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Mono<JWKSet>> asking = new AtomicReference<>();
    private volatile @Nullable Known known;
    private volatile @Nullable Failed failed;

    /** Asks the issuer through the supplier, one question at a time. */
    IssuerKeys(Supplier<Mono<JWKSet>> issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** The keys that may have signed a token; an error 50306 when that cannot be told now. */
    Flux<JWK> select(SignedJWT token) {
        if (!StaffTokenCheck.ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
            return Flux.empty();
        }
        JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(token.getHeader()));
        @Nullable Known now = known;
        List<JWK> matches = now == null ? List.of() : selector.select(now.keys());
        if (now != null && !matches.isEmpty() && isWithin(OLDEST, now.at())) {
            refreshWhenOld(now);
            return Flux.fromIterable(matches);
        }
        return afterAsking(now).flatMapIterable(selector::select);
    }

    private void refreshWhenOld(Known now) {
        if (!isWithin(FRESH, now.at()) && !hasJustFailed()) {
            ask();
        }
    }

    private Mono<JWKSet> afterAsking(@Nullable Known now) {
        @Nullable Failed last = failed;
        if (last != null && isWithin(PAUSE, last.at())) {
            return Mono.error(unavailable(last.cause()));
        }
        return now != null && isWithin(PAUSE, now.at()) ? Mono.just(now.keys()) : ask();
    }

    /** Goes on though whoever asked hangs up, for others wait for it. */
    private Mono<JWKSet> ask() {
        Mono<JWKSet> mine = Mono.defer(issuer)
                .doOnNext(this::learn)
                .doOnError(this::note)
                .onErrorMap(IssuerKeys::unavailable)
                .doFinally(signal -> asking.set(null))
                .cache();
        @Nullable Mono<JWKSet> running = asking.compareAndExchange(null, mine);
        if (running != null) {
            return running;
        }
        mine.subscribe(keys -> {}, error -> {});
        return mine;
    }

    private void learn(JWKSet keys) {
        known = new Known(keys, clock.instant());
        if (failed != null) {
            failed = null;
            LOG.info("The issuer of staff tells its keys again");
        }
    }

    private void note(Throwable cause) {
        if (failed == null) {
            LOG.warn("The issuer of staff does not tell its keys: {}", cause.toString());
        }
        failed = new Failed(cause, clock.instant());
    }

    private boolean hasJustFailed() {
        @Nullable Failed last = failed;
        return last != null && isWithin(PAUSE, last.at());
    }

    private boolean isWithin(Duration age, Instant at) {
        return clock.instant().isBefore(at.plus(age));
    }

    private static Failure unavailable(Throwable cause) {
        return new Failure(ISSUER_UNAVAILABLE, PAUSE, cause);
    }

    private record Known(JWKSet keys, Instant at) {}

    private record Failed(Throwable cause, Instant at) {}
}

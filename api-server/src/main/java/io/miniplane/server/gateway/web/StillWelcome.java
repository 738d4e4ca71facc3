package io.miniplane.server.gateway.web;

import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.BearerToken;
import io.miniplane.server.platform.security.TokenVerifier;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Notices when the token of a connection that stays open opens nothing any more: it has expired, or its session is over. */
final class StillWelcome {

    private static final int FIRST_FAULT = 500;

    private final TokenVerifier verifier;
    private final Duration interval;

    StillWelcome(TokenVerifier verifier, Duration interval) {
        this.verifier = verifier;
        this.interval = interval;
    }

    /** Gives one element when the holder has to leave; never where there is no token. */
    Mono<Boolean> over(HttpHeaders request) {
        return BearerToken.of(request)
                .map(token -> Flux.interval(interval)
                        .onBackpressureDrop()
                        .concatMap(tick -> isRefused(token))
                        .filter(Boolean::booleanValue)
                        .next())
                .orElseGet(Mono::never);
    }

    /** While it cannot be told, nobody is sent away. */
    private Mono<Boolean> isRefused(String token) {
        return Mono.defer(() -> verifier.verify(token))
                .map(caller -> false)
                .onErrorResume(
                        Failure.class, failure -> Mono.just(failure.code().status() < FIRST_FAULT))
                .onErrorReturn(false);
    }
}

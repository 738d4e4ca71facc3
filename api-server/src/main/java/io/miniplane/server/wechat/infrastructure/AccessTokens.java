package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.WechatFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The access token of this app. Replicas need no shared store: the stable endpoint tells all of them the same token, and
 * near its end the old and the new one both work.
 */
final class AccessTokens {

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Duration refreshAhead;
    private final ForcedRefreshes forcedRefreshes;
    private final SingleFlight<AccessToken> ordinary;
    private final SingleFlight<AccessToken> forced;
    private final AtomicReference<@Nullable AccessToken> known = new AtomicReference<>();
    private final AtomicLong nextAhead = new AtomicLong(Long.MIN_VALUE);

    AccessTokens(StableTokenEndpoint endpoint, InstantSource clock, Duration refreshAhead) {
        this.clock = clock;
        this.refreshAhead = refreshAhead;
        this.forcedRefreshes = new ForcedRefreshes(clock);
        this.ordinary =
                new SingleFlight<>(Mono.defer(() -> endpoint.fetch(false)).doOnNext(known::set));
        this.forced = new SingleFlight<>(Mono.defer(this::permission)
                .then(Mono.defer(() -> endpoint.fetch(true)))
                .doOnNext(known::set));
    }

    /** A token to call with. Near its end the known one is still given while the next one is fetched. */
    Mono<AccessToken> current() {
        return Mono.defer(() -> {
            AccessToken token = known.get();
            Instant now = clock.instant();
            if (token == null || !now.isBefore(token.expiresAt().minus(LAST_MOMENT))) {
                return ordinary.join();
            }
            if (!now.isBefore(token.expiresAt().minus(refreshAhead))) {
                refreshAhead(now);
            }
            return Mono.just(token);
        });
    }

    /**
     * A token in place of one that an API refused. Only when WeChat itself still hands out the refused one is it asked
     * to replace it.
     */
    Mono<AccessToken> insteadOf(AccessToken refused) {
        return knownInsteadOf(refused)
                .switchIfEmpty(ordinary.join())
                .filter(token -> !token.isSameAs(refused))
                .switchIfEmpty(Mono.defer(() -> knownInsteadOf(refused)))
                .switchIfEmpty(forced.join());
    }

    private Mono<AccessToken> knownInsteadOf(AccessToken refused) {
        return Mono.fromSupplier(known::get).filter(token -> !token.isSameAs(refused));
    }

    private void refreshAhead(Instant now) {
        long next = nextAhead.get();
        long pause = now.plus(PAUSE).toEpochMilli();
        if (now.toEpochMilli() >= next && nextAhead.compareAndSet(next, pause)) {
            var _ = ordinary.join().onErrorComplete().subscribe();
        }
    }

    private Mono<Void> permission() {
        Duration wait = forcedRefreshes.ask();
        return wait.isZero()
                ? Mono.empty()
                : Mono.error(new WechatFailure.Unavailable(
                        "the access token is refused and may not be replaced yet", null, wait, false));
    }
}

package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.platform.RequestTrace;
import io.miniplane.server.wechat.WechatFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The access token of this app. Replicas need no shared store for it: the stable endpoint tells all of them the same
 * token, and near its end the old and the new one both work.
 */
final class AccessTokens {

    private static final Logger LOG = LogManager.getLogger(AccessTokens.class);

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(5);

    /** How long after another server was granted a forced refresh its result is waited for, and how often it is looked for. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int LOOKS = 5;

    /** How long a token that is refused and may not be replaced is not asked about again. */
    private static final Duration STUCK = Duration.ofSeconds(1);

    private final StableTokenEndpoint endpoint;
    private final ForcedRefreshes forcedRefreshes;
    private final InstantSource clock;
    private final Duration refreshAhead;
    private final SingleFlight<AccessToken> ordinary;
    private final SingleFlight<AccessToken> replacement;
    private final AtomicReference<@Nullable AccessToken> known = new AtomicReference<>();
    private final AtomicReference<@Nullable Dead> dead = new AtomicReference<>();
    private final AtomicLong nextAhead = new AtomicLong(Long.MIN_VALUE);

    AccessTokens(
            StableTokenEndpoint endpoint, ForcedRefreshes forcedRefreshes, InstantSource clock, Duration refreshAhead) {
        this.endpoint = endpoint;
        this.forcedRefreshes = forcedRefreshes;
        this.clock = clock;
        this.refreshAhead = refreshAhead;
        this.ordinary = new SingleFlight<>(Mono.defer(() -> fetch(false)));
        this.replacement = new SingleFlight<>(Mono.defer(this::replace));
    }

    /** A token that WeChat hands out and refuses, and that may not be replaced yet. */
    private record Dead(AccessToken token, Instant until, WechatFailure why) {}

    /** A token to call with. Near its end the known one is still given while the next one is fetched. */
    Mono<AccessToken> current() {
        return Mono.defer(() -> {
            Instant now = clock.instant();
            AccessToken token = known.get();
            if (token == null || !isAlive(token, now)) {
                return ordinary.join(() -> Optional.ofNullable(known.get()).filter(newer -> isAlive(newer, now)));
            }
            if (!now.isBefore(token.expiresAt().minus(refreshAhead))) {
                refreshAhead(now, token);
            }
            return Mono.just(token);
        });
    }

    /**
     * A token in place of one that an API refused. Only when WeChat itself still hands out the refused one is it asked
     * to replace it, and only when no other server has just done so.
     */
    Mono<AccessToken> insteadOf(AccessToken refused) {
        return Mono.defer(() -> stuck(refused)
                .<Mono<AccessToken>>map(Mono::error)
                .orElseGet(() -> replacement.join(() -> knownInsteadOf(refused))));
    }

    private Optional<AccessToken> knownInsteadOf(AccessToken refused) {
        return Optional.ofNullable(known.get()).filter(token -> !token.isSameAs(refused));
    }

    private Optional<WechatFailure> stuck(AccessToken refused) {
        Dead one = dead.get();
        return one != null && one.token().isSameAs(refused) && clock.instant().isBefore(one.until())
                ? Optional.of(one.why())
                : Optional.empty();
    }

    /** Asks for the token, and keeps it unless it was replaced by force while the answer was under way. */
    private Mono<AccessToken> fetch(boolean force) {
        AccessToken before = known.get();
        return endpoint.fetch(force).map(token -> {
            if (force) {
                known.set(token);
            }
            return force || known.compareAndSet(before, token) ? token : Objects.requireNonNull(known.get());
        });
    }

    private void refreshAhead(Instant now, AccessToken old) {
        long next = nextAhead.get();
        long pause = now.plus(PAUSE).toEpochMilli();
        if (now.toEpochMilli() >= next && nextAhead.compareAndSet(next, pause)) {
            var _ = ordinary.join(() -> knownInsteadOf(old)).onErrorComplete().subscribe();
        }
    }

    /** The known token was refused. */
    private Mono<AccessToken> replace() {
        AccessToken refused = Objects.requireNonNull(known.get());
        // What was asked before the refusal may still be answered with the refused token, which proves nothing.
        boolean provesNothing = ordinary.isUnderWay();
        Mono<AccessToken> another =
                ordinary.join(() -> knownInsteadOf(refused)).filter(token -> !token.isSameAs(refused));
        return another.switchIfEmpty(provesNothing ? another : Mono.empty())
                .switchIfEmpty(Mono.defer(() -> replaceByForce(refused)));
    }

    /** WeChat hands out what it refuses. */
    private Mono<AccessToken> replaceByForce(AccessToken refused) {
        return forcedRefreshes
                .ask()
                .onErrorMap(unasked -> stuck(refused, "whether it may be replaced is not known", PAUSE))
                .flatMap(answer -> answer.granted() ? byForce() : byOthers(answer, refused));
    }

    private Mono<AccessToken> byForce() {
        return Mono.deferContextual(context -> {
            RequestTrace.log(
                    context,
                    () -> LOG.warn("WeChat hands out an access token that it refuses: it is asked to replace it"));
            return fetch(true);
        });
    }

    private Mono<AccessToken> byOthers(ForcedRefreshes.Answer answer, AccessToken refused) {
        Supplier<WechatFailure> notYet = () -> stuck(refused, "it may not be replaced yet", answer.untilNext());
        if (answer.sinceLast().compareTo(FRESH) > 0) {
            return Mono.error(notYet);
        }
        return Mono.defer(() -> fetch(false))
                .filter(token -> !token.isSameAs(refused))
                .repeatWhenEmpty(LOOKS, times -> times.delayElements(LOOK_AGAIN))
                .onErrorMap(IllegalStateException.class, neverCame -> notYet.get());
    }

    private WechatFailure stuck(AccessToken refused, String why, Duration wait) {
        WechatFailure failure =
                new WechatFailure.Unavailable("the access token is refused and " + why, null, wait, false);
        dead.set(new Dead(refused, clock.instant().plus(wait.compareTo(STUCK) < 0 ? wait : STUCK), failure));
        return failure;
    }

    private static boolean isAlive(AccessToken token, Instant now) {
        return now.isBefore(token.expiresAt().minus(LAST_MOMENT));
    }
}

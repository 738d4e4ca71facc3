package io.miniplane.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The access tokens of all apps. The classic and the stable endpoint hand out tokens that know nothing of each other. */
public final class AccessTokens {

    /** How long a token lives. */
    public static final Duration LIFE = Duration.ofHours(2);

    /** How long an old and a new token both work, and how early the stable endpoint renews. */
    public static final Duration OVERLAP = Duration.ofMinutes(5);

    private static final Duration MEMORY = Duration.ofDays(1);
    private static final Pattern SHAPE = Pattern.compile("\\d{2}_[0-9A-Za-z]{133}");

    private final InstantSource clock;
    private final ForcedRefreshes forcedRefreshes;
    private final Map<String, Grant> grants = new HashMap<>();
    private final Map<String, IssuedToken> classic = new HashMap<>();
    private final Map<String, IssuedToken> stable = new HashMap<>();

    AccessTokens(InstantSource clock) {
        this.clock = clock;
        this.forcedRefreshes = new ForcedRefreshes(clock);
    }

    private record Grant(String appId, Instant validUntil, TokenVerdict afterwards) {}

    /**
     * A token as it was handed out.
     *
     * @param value the token
     * @param expiresAt when its life ends, if nothing ends it sooner
     */
    public record IssuedToken(String value, Instant expiresAt) {}

    /** A new token of the classic endpoint; the one before works for 5 more minutes at most. */
    public synchronized IssuedToken classic(String appId) {
        supersede(classic.get(appId), OVERLAP);
        return issue(appId, classic);
    }

    /** The token of the stable endpoint: always the same until its last 5 minutes. */
    public synchronized IssuedToken stable(String appId) {
        IssuedToken current = stable.get(appId);
        Instant now = clock.instant();
        if (current != null && now.isBefore(current.expiresAt().minus(OVERLAP))) {
            return current;
        }
        if (current != null && now.isBefore(current.expiresAt())) {
            grants.put(current.value(), new Grant(appId, now.plus(OVERLAP), TokenVerdict.NOT_NEWEST));
        }
        return issue(appId, stable);
    }

    /**
     * A forced refresh of the stable token: the one before dies at once. Sooner than 30 s after the last forced
     * refresh the token stays as it is.
     *
     * @return the token, or empty when the 20 forced refreshes of the day are used up
     */
    public synchronized Optional<IssuedToken> forced(String appId) {
        return switch (forcedRefreshes.ask(appId)) {
            case TOO_SOON -> Optional.of(stable(appId));
            case USED_UP -> Optional.empty();
            case GRANTED -> {
                supersede(stable.get(appId), Duration.ZERO);
                yield Optional.of(issue(appId, stable));
            }
        };
    }

    /** What an API thinks of this token. */
    public synchronized TokenVerdict verify(String token) {
        Grant grant = grants.get(token);
        if (grant == null) {
            return SHAPE.matcher(token).matches() ? TokenVerdict.NOT_NEWEST : TokenVerdict.MALFORMED;
        }
        return clock.instant().isBefore(grant.validUntil()) ? TokenVerdict.VALID : grant.afterwards();
    }

    /** The app of a valid token. */
    public synchronized Optional<String> appOf(String token) {
        return verify(token) == TokenVerdict.VALID
                ? Optional.ofNullable(grants.get(token)).map(Grant::appId)
                : Optional.empty();
    }

    /**
     * Ends every token now.
     *
     * @param verdict what APIs think of them from now on
     * @param handedOutStill whether the stable endpoint goes on answering with the dead token
     */
    public synchronized void endAll(TokenVerdict verdict, boolean handedOutStill) {
        Instant now = clock.instant();
        grants.replaceAll(
                (value, grant) -> now.isBefore(grant.validUntil()) ? new Grant(grant.appId(), now, verdict) : grant);
        if (!handedOutStill) {
            stable.clear();
        }
    }

    /** Whole seconds that a token has left. */
    public long secondsLeft(IssuedToken token) {
        return Duration.between(clock.instant(), token.expiresAt())
                .plusMillis(999)
                .toSeconds();
    }

    private IssuedToken issue(String appId, Map<String, IssuedToken> kind) {
        Instant now = clock.instant();
        grants.values().removeIf(grant -> grant.validUntil().isBefore(now.minus(MEMORY)));
        IssuedToken token = new IssuedToken(RandomText.digits(2) + "_" + RandomText.letters(133), now.plus(LIFE));
        grants.put(token.value(), new Grant(appId, token.expiresAt(), TokenVerdict.EXPIRED));
        kind.put(appId, token);
        return token;
    }

    private void supersede(@Nullable IssuedToken old, Duration grace) {
        Instant end = clock.instant().plus(grace);
        if (old != null) {
            grants.computeIfPresent(
                    old.value(),
                    (value, grant) -> end.isBefore(grant.validUntil())
                            ? new Grant(grant.appId(), end, TokenVerdict.NOT_NEWEST)
                            : grant);
        }
    }
}

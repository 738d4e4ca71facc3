package io.miniplane.server.identity.infrastructure;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long sessions and their tokens last.
 *
 * @param issuer the {@code iss} of access tokens
 * @param accessTokenLifetime how long an access token opens the API, 1 minute to 24 hours
 * @param refreshTokenLifetime how long a refresh token may lie unused, 1 hour to 400 days
 * @param revocationPoll how often a replica asks for sessions that ended elsewhere, 100 ms to 1 minute
 * @param verifiedTokens how many verified access tokens are remembered; each takes some 500 bytes
 * @param maxSessions how many sessions of one user live at once, 1 to 100; a login beyond ends the oldest
 * @param keepEndedSessions after which time a session that has ended or expired is forgotten, 2 to 400 days; until then its tokens are answered with
 *     the reason
 */
@Validated
@ConfigurationProperties("miniplane.identity")
record IdentitySettings(
        @NotBlank(message = "set it to the iss that access tokens shall carry, or leave it out")
        @DefaultValue("miniplane")
        String issuer,

        @DurationMin(minutes = 1, message = "set it to 1m or more")
        @DurationMax(hours = 24, message = "set it to 24h or less")
        @DefaultValue("2h")
        Duration accessTokenLifetime,

        @DurationMin(hours = 1, message = "set it to 1h or more")
        @DurationMax(days = 400, message = "set it to 400d or less")
        @DefaultValue("30d")
        Duration refreshTokenLifetime,

        @DurationMin(millis = 100, message = "set it to 100ms or more")
        @DurationMax(minutes = 1, message = "set it to 1m or less")
        @DefaultValue("1s")
        Duration revocationPoll,

        @Positive(message = "set it to 1 or more") @DefaultValue("50000")
        int verifiedTokens,

        @Min(value = 1, message = "set it to a number from 1 to 100")
        @Max(value = 100, message = "set it to a number from 1 to 100")
        @DefaultValue("10")
        int maxSessions,

        @DurationMin(days = 2, message = "set it to 2d or more")
        @DurationMax(days = 400, message = "set it to 400d or less")
        @DefaultValue("7d")
        Duration keepEndedSessions) {}

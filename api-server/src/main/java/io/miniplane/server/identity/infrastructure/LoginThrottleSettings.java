package io.miniplane.server.identity.infrastructure;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often one may log in. An address stands for many people where a carrier shares it among them, so its limit is wide.
 *
 * @param enabled false where something in front limits already
 * @param addressBurst how many attempts one address may make at once, on each replica
 * @param addressInterval after how long it may make one more
 * @param addresses how many addresses are remembered; the least used are forgotten first; each takes some 150 bytes
 * @param userLogins how often one user may log in within a window, over all replicas
 * @param userWindow how long a window lasts; it begins with the first login after the one before
 */
@Validated
@ConfigurationProperties("miniplane.identity.login-throttle")
record LoginThrottleSettings(
        @DefaultValue("true") boolean enabled,

        @Min(value = 1, message = "set it to a number from 1 to 1000000")
        @Max(value = 1_000_000, message = "set it to a number from 1 to 1000000")
        @DefaultValue("200")
        int addressBurst,

        @DurationMin(millis = 1, message = "set it to a time from 1ms to 1h")
        @DurationMax(hours = 1, message = "set it to a time from 1ms to 1h")
        @DefaultValue("50ms")
        Duration addressInterval,

        @Min(value = 1, message = "set it to 1 or more") @DefaultValue("50000")
        long addresses,

        @Min(value = 1, message = "set it to a number from 1 to 1000000")
        @Max(value = 1_000_000, message = "set it to a number from 1 to 1000000")
        @DefaultValue("30")
        int userLogins,

        @DurationMin(seconds = 1, message = "set it to a time from 1s to 24h")
        @DurationMax(hours = 24, message = "set it to a time from 1s to 24h")
        @DefaultValue("10m")
        Duration userWindow) {}

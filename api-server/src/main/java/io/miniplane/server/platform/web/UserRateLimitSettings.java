package io.miniplane.server.platform.web;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often one signed-in user may ask one replica, from whatever addresses. They have so many requests at once; these come back evenly over the
 * period.
 *
 * @param enabled false where users may ask as often as their address may
 * @param requests how many requests one user may make at once, and in each period on the long run
 * @param period how long it takes until all of them have come back
 * @param users how many users are remembered; the least active are forgotten first
 */
@Validated
@ConfigurationProperties("miniplane.rate-limit.user")
record UserRateLimitSettings(
        @DefaultValue("true") boolean enabled,

        @Min(value = 1, message = "set it to 1 or more") @DefaultValue("50")
        int requests,

        @DurationMin(millis = 1, message = "set it to 1ms or more") @DefaultValue("1s")
        Duration period,

        @Min(value = 1, message = "set it to 1 or more") @DefaultValue("50000")
        long users) {}

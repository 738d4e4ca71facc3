package io.miniplane.server.identity.infrastructure;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How fresh encrypted data of WeChat must be when the mini-program hands it on.
 *
 * @param maxAge how long ago WeChat may have made it
 * @param clockSkew how far WeChat's clock and that of this server may differ
 */
@Validated
@ConfigurationProperties("miniplane.identity.user-data")
record UserDataSettings(
        @DurationMin(seconds = 10, message = "set it to a time from 10s to 24h")
        @DurationMax(hours = 24, message = "set it to a time from 10s to 24h")
        @DefaultValue("5m")
        Duration maxAge,

        @DurationMin(seconds = 0, message = "set it to a time from 0s to 10m")
        @DurationMax(minutes = 10, message = "set it to a time from 0s to 10m")
        @DefaultValue("30s")
        Duration clockSkew) {}

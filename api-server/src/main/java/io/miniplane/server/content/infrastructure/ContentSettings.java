package io.miniplane.server.content.infrastructure;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long content checks are remembered.
 *
 * @param retention after it a check and its verdict are forgotten, 1 hour or more
 */
@Validated
@ConfigurationProperties("miniplane.content-checks")
record ContentSettings(
        @DurationMin(hours = 1, message = "set it to 1h or more") @DefaultValue("30d")
        Duration retention) {}

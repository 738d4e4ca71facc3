package io.miniplane.server.platform.tasks;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How tasks are run.
 *
 * @param timeLimit after it a task is given up, 1 second or more
 */
@Validated
@ConfigurationProperties("miniplane.tasks")
record TaskSettings(
        @DurationMin(seconds = 1, message = "set it to 1s or more") @DefaultValue("1h")
        Duration timeLimit) {}

package io.miniplane.server.feature.infrastructure;

import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the feature flags are.
 *
 * @param file a flag definition file of flagd, JSON; null or a file that is not there means no flags
 * @param poll how often it is looked at, 50 ms to 1 minute; a change holds after twice that at the latest
 */
@Validated
@ConfigurationProperties("miniplane.features")
record FeatureSettings(
        @Nullable Path file,

        @DurationMin(millis = 50, message = "set it to a time from 50ms to 1m")
        @DurationMax(minutes = 1, message = "set it to a time from 50ms to 1m")
        @DefaultValue("1s")
        Duration poll) {}

package io.miniplane.server.payment.infrastructure;

import io.miniplane.server.payment.application.Recheck;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How payments are followed.
 *
 * @param look how often a worker looks for payments of which nothing was heard, 50 ms to 1 hour
 * @param firstCheck how long nothing is heard of a payment before WeChat Pay is asked, 50 ms to 1 hour; twice as long each further time
 * @param longestCheck the longest wait between two questions, 50 ms to 1 day
 * @param batch how many payments, and as many refunds, a worker asks about in a row, 1 to 500
 * @param remember how long notifications are remembered so that a repetition is known, 1 day to 90 days; WeChat Pay repeats for a day
 */
@Validated
@ConfigurationProperties("miniplane.payments")
record PaymentSettings(
        @DurationMin(millis = 50, message = "set it to a time from 50ms to 1h")
        @DurationMax(hours = 1, message = "set it to a time from 50ms to 1h")
        @DefaultValue("5s")
        Duration look,

        @DurationMin(millis = 50, message = "set it to a time from 50ms to 1h")
        @DurationMax(hours = 1, message = "set it to a time from 50ms to 1h")
        @DefaultValue("30s")
        Duration firstCheck,

        @DurationMin(millis = 50, message = "set it to a time from 50ms to 1d")
        @DurationMax(days = 1, message = "set it to a time from 50ms to 1d")
        @DefaultValue("10m")
        Duration longestCheck,

        @Min(value = 1, message = "set it to a number from 1 to 500")
        @Max(value = 500, message = "set it to a number from 1 to 500")
        @DefaultValue("50")
        int batch,

        @DurationMin(days = 1, message = "set it to a time from 1d to 90d")
        @DurationMax(days = 90, message = "set it to a time from 1d to 90d")
        @DefaultValue("3d")
        Duration remember) {

    Recheck recheck() {
        return new Recheck(firstCheck, longestCheck);
    }
}

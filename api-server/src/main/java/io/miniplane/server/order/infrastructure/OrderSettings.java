package io.miniplane.server.order.infrastructure;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long orders wait.
 *
 * @param paymentTimeout after it a confirmed order that is not paid is cancelled, 1 second to 30 days
 * @param completedAfter after it a shipped order is completed though nobody said that the goods came, 1 second to 400 days
 * @param checkoutLimit how long a buyer who has the new checkout waits for the goods before they are taken in the background, 10 ms to 10 s
 * @param sweep how often a replica that works looks for such orders, 100 ms to 1 hour
 */
@Validated
@ConfigurationProperties("miniplane.orders")
record OrderSettings(
        @DurationMin(seconds = 1, message = "set it to a time from 1s to 30d")
        @DurationMax(days = 30, message = "set it to a time from 1s to 30d")
        @DefaultValue("30m")
        Duration paymentTimeout,

        @DurationMin(seconds = 1, message = "set it to a time from 1s to 400d")
        @DurationMax(days = 400, message = "set it to a time from 1s to 400d")
        @DefaultValue("10d")
        Duration completedAfter,

        @DurationMin(millis = 10, message = "set it to a time from 10ms to 10s")
        @DurationMax(seconds = 10, message = "set it to a time from 10ms to 10s")
        @DefaultValue("500ms")
        Duration checkoutLimit,

        @DurationMin(millis = 100, message = "set it to a time from 100ms to 1h")
        @DurationMax(hours = 1, message = "set it to a time from 100ms to 1h")
        @DefaultValue("10s")
        Duration sweep) {

    private static final Duration LONGEST_GRACE = Duration.ofMinutes(2);

    /** When an unpaid order is cancelled: a little after its time, until which is heard of those who paid in the last moment. */
    Duration cancelledAfter() {
        Duration tenth = paymentTimeout.dividedBy(10);
        return paymentTimeout.plus(tenth.compareTo(LONGEST_GRACE) < 0 ? tenth : LONGEST_GRACE);
    }
}

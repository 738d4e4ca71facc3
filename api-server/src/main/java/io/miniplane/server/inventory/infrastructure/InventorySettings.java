package io.miniplane.server.inventory.infrastructure;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long goods wait for their order.
 *
 * @param reservationTime after it, goods that were neither sold nor given back return to the stock; longer than orders may wait for their payment,
 *     because it is what remains when everything else fails
 * @param expiryInterval how often reservations are looked at
 */
@Validated
@ConfigurationProperties("miniplane.inventory")
record InventorySettings(
        @DurationMin(hours = 1, message = RESERVATION_TIME)
        @DurationMax(days = 30, message = RESERVATION_TIME)
        @DefaultValue("24h")
        Duration reservationTime,

        @DurationMin(millis = 100, message = EXPIRY_INTERVAL)
        @DurationMax(hours = 1, message = EXPIRY_INTERVAL)
        @DefaultValue("1m")
        Duration expiryInterval) {

    private static final String RESERVATION_TIME =
            "set it to a time from 1h to 30d that is longer than orders may wait for their payment";
    private static final String EXPIRY_INTERVAL = "set it to a time from 100ms to 1h";
}

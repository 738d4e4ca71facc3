package io.miniplane.server.inventory.infrastructure;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where a team keeps its stock itself, and how that service is called.
 *
 * @param url where the service is, without a slash at the end; where it is left out the stock is ours
 * @param token sent as a bearer token, or null for none
 * @param timeLimit the longest that a call with its repetitions may take
 * @param connectTimeout the longest that one attempt to connect may take
 * @param maxConcurrentCalls how many calls may run at once; more are refused at once
 * @param breakerOpenFor how long calls are held back once half of the last ones failed
 */
@Validated
@ConfigurationProperties("miniplane.inventory")
record RemoteSettings(
        @Pattern(
                regexp = "https?://[^/?#\\s]+(/[^?#\\s/]+)*",
                message = "set it to an absolute http or https URL without a slash at the end, such as"
                        + " https://stock.shop.example/v1, or leave it out to keep the stock here")
        @Nullable
        String url,

        @Pattern(regexp = "[!-~]{1,4096}", message = "set it to 1 to 4096 visible ASCII characters, or leave it out")
        @Nullable
        String token,

        @DurationMin(millis = 100, message = "set it to a time from 100ms to 10s")
        @DurationMax(seconds = 10, message = "set it to a time from 100ms to 10s")
        @DefaultValue("3s")
        Duration timeLimit,

        @DurationMin(millis = 100, message = "set it to a time from 100ms to 10s")
        @DurationMax(seconds = 10, message = "set it to a time from 100ms to 10s")
        @DefaultValue("1s")
        Duration connectTimeout,

        @Min(value = 1, message = "set it to a number from 1 to 10000")
        @Max(value = 10000, message = "set it to a number from 1 to 10000")
        @DefaultValue("256")
        int maxConcurrentCalls,

        @DurationMin(millis = 100, message = "set it to a time from 100ms to 10m")
        @DurationMax(minutes = 10, message = "set it to a time from 100ms to 10m")
        @DefaultValue("5s")
        Duration breakerOpenFor) {

    @Override
    public String toString() {
        return "RemoteSettings[" + url + "]";
    }
}

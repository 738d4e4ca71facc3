package io.miniplane.server.platform.web;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often one client address may ask. It has so many requests at once; they come back evenly over the period.
 *
 * @param enabled false where something in front limits already
 * @param requests how many requests one address may make at once, and in each period on the long run
 * @param period how long it takes until all of them have come back
 * @param addresses how many addresses are remembered; the least used are forgotten first
 * @param trustedProxies networks (CIDR) whose {@code X-Forwarded-For} is believed
 */
@Validated
@ConfigurationProperties("miniplane.rate-limit")
record RateLimitSettings(
        @DefaultValue("true") boolean enabled,

        @Min(value = 1, message = "set it to 1 or more") @DefaultValue("200")
        int requests,

        @DurationMin(millis = 1, message = "set it to 1ms or more") @DefaultValue("1s")
        Duration period,

        @Min(value = 1, message = "set it to 1 or more") @DefaultValue("50000")
        long addresses,

        @DefaultValue({"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7"})
        List<Network> trustedProxies) {}

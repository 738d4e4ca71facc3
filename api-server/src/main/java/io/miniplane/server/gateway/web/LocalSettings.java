package io.miniplane.server.gateway.web;

import io.miniplane.server.gateway.application.OpenApiRules;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The port inside the pod, for the team's container alone.
 *
 * @param port 0 to 65535, where 0 takes a free one; absent: there is no such port
 * @param openApi which of WeChat's API is open to the container
 */
@Validated
@ConfigurationProperties("miniplane.gateway.local")
record LocalSettings(
        @Min(value = 0, message = "set it to a port from 0 to 65535")
        @Max(value = 65535, message = "set it to a port from 0 to 65535")
        @Nullable
        Integer port,

        @Valid @DefaultValue OpenApiSettings openApi) {

    /** The rules that they make. */
    OpenApiRules rules() {
        return new OpenApiRules(
                Set.copyOf(openApi.allow()),
                openApi.rateLimit().requests(),
                openApi.rateLimit().per());
    }

    /**
     * Which of WeChat's API is open.
     *
     * @param allow paths such as {@code /wxa/msg_sec_check}; none: nothing is open
     * @param rateLimit of each path
     */
    record OpenApiSettings(
            @DefaultValue
            List<
                            @Pattern(
                                    regexp = "(/(?!\\.+(/|$))[A-Za-z0-9._-]+)+",
                                    message = "set it to paths of WeChat's API, such as /wxa/msg_sec_check")
                            String>
                    allow,

            @Valid @DefaultValue RateLimit rateLimit) {}

    /**
     * How often.
     *
     * @param requests at once, and in each period on the long run
     * @param per how long it takes until all of them have come back
     */
    record RateLimit(
            @Min(value = 1, message = "set it to 1 or more") @DefaultValue("50")
            int requests,

            @DurationMin(millis = 1, message = "set it to 1ms or more") @DefaultValue("1s")
            Duration per) {}
}

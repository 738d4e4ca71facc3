package io.miniplane.server.gateway.web;

import io.miniplane.server.platform.security.Role;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpMethod;
import org.springframework.util.unit.DataSize;

/**
 * One route to the container.
 *
 * @param path {@code *} stands for one segment, {@code **} at the end for any number of them
 * @param methods which methods it takes; none: all
 * @param auth whether it takes a token
 * @param roles who may call where a token is required; none: whoever has a token
 * @param timeout until the first byte of the answer, counted anew with every piece of a body that is sent, 10 ms to 10 minutes
 * @param retries how often a request that has no effect or the same effect twice is sent again when no answer came, 0 to 5
 * @param bodyLimit how large the body of a request may be
 * @param rateLimit how often all callers together may ask this server, or null where they may ask as often as they like
 * @param breaker when a container that does not answer is left alone
 * @param webSocket whether it takes WebSockets
 */
record RouteSettings(
        @NotNull(message = PATH)
        @Pattern(regexp = "/|/\\*\\*|(/([A-Za-z0-9._~-]+|\\*)){1,100}(/\\*\\*)?", message = PATH)
        String path,

        @DefaultValue Set<HttpMethod> methods,
        @DefaultValue("required") Auth auth,
        @DefaultValue Set<Role> roles,

        @DurationMin(millis = 10, message = TIMEOUT) @DurationMax(minutes = 10, message = TIMEOUT) @DefaultValue("15s")
        Duration timeout,

        @Min(value = 0, message = RETRIES) @Max(value = 5, message = RETRIES) @DefaultValue("0")
        int retries,

        @DefaultValue("1MB") DataSize bodyLimit,
        @Valid @Nullable Rate rateLimit,
        @Valid @DefaultValue Breaker breaker,
        @DefaultValue("true") boolean webSocket) {

    private static final String PATH =
            "set it to a path such as /api/shop/**: segments of letters, digits and . _ ~ -, * for one segment, ** at the end for all that follows";
    private static final String TIMEOUT = "set it to a time from 10ms to 10m";
    private static final String REQUESTS = "set it to 1 or more";
    private static final String PER = "set it to 1ms or more";
    private static final String SHARE = "set it to a share from 0.01 to 1";
    private static final String OPEN_FOR = "set it to a time from 100ms to 10m";
    private static final String RETRIES = "set it to a number from 0 to 5";

    /** The methods that a route without methods takes. */
    private static final Set<HttpMethod> ALL = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    /** The methods that it takes, one or more. */
    List<HttpMethod> taken() {
        return List.copyOf(methods.isEmpty() ? ALL : methods);
    }

    /** Whether a route takes a token. */
    enum Auth {
        /** Only with one. */
        REQUIRED,
        /** With one, which tells who calls, and without. */
        OPTIONAL,
        /** It is not looked at; what stands in {@code Authorization} goes on to the container. */
        NONE
    }

    /**
     * How often something may be asked.
     *
     * @param requests 1 or more
     * @param per in which time so many come back
     */
    record Rate(
            @Min(value = 1, message = REQUESTS) int requests,

            @DurationMin(millis = 1, message = PER) @DefaultValue("1s")
            Duration per) {}

    /**
     * When a container that does not answer is left alone.
     *
     * @param failureRate the share of requests without an answer, of the last 20, that opens it, 0.01 to 1
     * @param openFor after which time a few requests try again, 100 ms to 10 minutes
     */
    record Breaker(
            @DecimalMin(value = "0.01", message = SHARE) @DecimalMax(value = "1", message = SHARE) @DefaultValue("0.5")
            double failureRate,

            @DurationMin(millis = 100, message = OPEN_FOR)
            @DurationMax(minutes = 10, message = OPEN_FOR)
            @DefaultValue("10s")
            Duration openFor) {}
}

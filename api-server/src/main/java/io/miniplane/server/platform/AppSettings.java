package io.miniplane.server.platform;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which mini-program this server serves and what part of the work it does.
 *
 * @param appId AppID of the mini-program, {@code wx} and 16 lower-case hexadecimal digits
 * @param environment chooses the defaults of everything else
 * @param role which part of the work this process does
 */
@Validated
@ConfigurationProperties("miniplane")
public record AppSettings(
        @NotNull(message = APP_ID) @Pattern(regexp = "^wx[0-9a-f]{16}$", message = APP_ID)
        String appId,

        @DefaultValue("dev") Environment environment,
        @DefaultValue("all") Role role) {

    private static final String APP_ID =
            "set it to the AppID of the mini-program, wx and 16 digits or letters a to f, such as wx0123456789abcdef";

    /** How far from its users this server stands. */
    public enum Environment {
        /** A developer's own machine or cluster. */
        DEV,
        /** The last stop before the users. */
        STAGING,
        /** The users' own. */
        PROD
    }

    /** The part of the work that a process does. */
    public enum Role {
        /** Answers HTTP. */
        API,
        /** Handles events and scheduled work. */
        WORKER,
        /** Both, for one machine. */
        ALL,
        /** Neither: it does the task that it was started with and ends. */
        TASK;

        /** Whether this process handles events and scheduled work. */
        public boolean works() {
            return this == WORKER || this == ALL;
        }

        /** Whether this process answers the public. */
        public boolean serves() {
            return this == API || this == ALL;
        }
    }
}

package io.miniplane.server.wechat.infrastructure;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How WeChat pushes, as it was entered in the console of the mini-program. Without a token nothing is pushed.
 *
 * @param token what WeChat signs with, 3 to 128 letters and digits
 * @param encodingAesKey what WeChat encrypts with, 43 characters
 * @param format the format that was chosen; both are understood whichever it is
 * @param mode the mode that was chosen; in {@code safe}, what is not encrypted is refused
 * @param maxSkew how far the time of a push may be from ours, 10 seconds to 1 hour
 * @param remember how long pushes are remembered so that a repetition is known, 10 minutes to 30 days
 */
@Validated
@ConfigurationProperties("miniplane.wechat.message-push")
record PushSettings(
        @Pattern(regexp = "[0-9A-Za-z]{3,128}", message = "set it to the Token of the message push, letters and digits")
        @Nullable
        String token,

        @Pattern(
                regexp = "[0-9A-Za-z+/]{43}",
                message = "set it to the EncodingAESKey of the message push, 43 letters and digits")
        @Nullable
        String encodingAesKey,

        @DefaultValue("json") Format format,
        @DefaultValue("safe") Mode mode,

        @DurationMin(seconds = 10, message = "set it to a time from 10s to 1h")
        @DurationMax(hours = 1, message = "set it to a time from 10s to 1h")
        @DefaultValue("5m")
        Duration maxSkew,

        @DurationMin(minutes = 10, message = "set it to a time from 10m to 30d")
        @DurationMax(days = 30, message = "set it to a time from 10m to 30d")
        @DefaultValue("1d")
        Duration remember) {

    /** Whether the modes that encrypt have their key. */
    @AssertTrue(
            message = "set encoding-aes-key to the EncodingAESKey of the message push, 43 letters and digits,"
                    + " or mode to plain")
    boolean isMode() {
        return token == null || mode == Mode.PLAIN || encodingAesKey != null;
    }

    @Override
    public String toString() {
        return "PushSettings[" + format + " " + mode + "]";
    }

    /** How a body is written. */
    enum Format {
        /** JSON. */
        JSON,
        /** XML. */
        XML
    }

    /** Whether a body is encrypted. */
    enum Mode {
        /** Never. */
        PLAIN,
        /** It is there in both ways. */
        COMPATIBLE,
        /** Always. */
        SAFE
    }
}

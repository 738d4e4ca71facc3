package io.miniplane.server.gateway.infrastructure;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What of WeChat's callbacks the container is told.
 *
 * @param push pushed messages; absent: none
 * @param pay notifications of WeChat Pay; absent: none
 */
@Validated
@ConfigurationProperties("miniplane.gateway.callbacks")
record CallbackSettings(
        @Valid @Nullable Push push, @Valid @Nullable Pay pay) {

    static final String PLAIN_PATH = "(/(?!\\.+(/|$))[A-Za-z0-9._-]+)+";
    static final String PATH = "set it to a path of the container, such as /wechat/push";

    /**
     * Pushed messages.
     *
     * @param path of the container
     * @param msgTypes a {@code MsgType}, {@code event} for all events, or the name of an event; none: all that no module of the server handles
     */
    record Push(
            @NotNull(message = PATH) @Pattern(regexp = PLAIN_PATH, message = PATH)
            String path,

            @DefaultValue Set<String> msgTypes) {}

    /**
     * Notifications.
     *
     * @param path of the container
     */
    record Pay(
            @NotNull(message = PATH) @Pattern(regexp = PLAIN_PATH, message = PATH)
            String path) {}
}

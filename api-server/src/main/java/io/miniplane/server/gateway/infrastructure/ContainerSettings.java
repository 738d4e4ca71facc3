package io.miniplane.server.gateway.infrastructure;

import io.miniplane.server.gateway.domain.EventTypes;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the container is, and which events it is told of.
 *
 * @param upstreamUrl of the container; absent: there is none, and nothing of the gateway starts
 * @param subscriptions to events
 */
@Validated
@ConfigurationProperties("miniplane.gateway")
record ContainerSettings(
        @Pattern(
                regexp = "https?://[^/?#\\s]+",
                message = "set it to an address without a path, such as http://127.0.0.1:8080")
        @Nullable
        String upstreamUrl,

        @DefaultValue List<@Valid Subscription> subscriptions) {

    /**
     * Events that the container wants.
     *
     * @param types types, and patterns such as {@code shop.*}
     * @param path of the container
     */
    record Subscription(
            @DefaultValue Set<String> types,

            @NotNull(message = CallbackSettings.PATH)
            @Pattern(regexp = CallbackSettings.PLAIN_PATH, message = CallbackSettings.PATH)
            String path) {

        /** Whether each type means something. */
        @AssertTrue(
                message =
                        "set types to events of the server (order.created, order.confirmed, order.cancelled, order.paid, order.shipped,"
                                + " order.completed, order.refunded, user.deleted, order.*) or of the container, such as shop.opened or shop.*")
        boolean isTypes() {
            return !types.isEmpty() && types.stream().allMatch(EventTypes::isPattern);
        }
    }
}

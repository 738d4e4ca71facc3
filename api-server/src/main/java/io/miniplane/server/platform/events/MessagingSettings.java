package io.miniplane.server.platform.events;

import jakarta.validation.constraints.AssertTrue;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What carries events.
 *
 * @param broker Postgres needs nothing more
 * @param uri where RabbitMQ is, {@code amqp://user:password@host:port/virtual-host}, or amqps with a certificate that this machine trusts
 */
@Validated
@ConfigurationProperties("miniplane.messaging")
record MessagingSettings(
        @DefaultValue("postgres") Carrier broker, @Nullable String uri) {

    /** Whether RabbitMQ can be found. */
    @AssertTrue(
            message = "set it to the address of RabbitMQ, such as amqps://user:password@rabbitmq.example/shop,"
                    + " or broker to Postgres")
    boolean isUri() {
        return broker != Carrier.RABBITMQ || (uri != null && isAddress(uri));
    }

    private static boolean isAddress(String text) {
        try {
            URI address = URI.create(text);
            return address.getHost() != null
                    && ("amqp".equals(address.getScheme()) || "amqps".equals(address.getScheme()));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "MessagingSettings[" + broker + "]";
    }

    /** The carriers that there are. */
    enum Carrier {
        /** The database itself. */
        POSTGRES,
        /** RabbitMQ from 3.10. */
        RABBITMQ
    }
}

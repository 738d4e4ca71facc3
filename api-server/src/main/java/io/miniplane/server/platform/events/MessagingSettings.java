package io.miniplane.server.platform.events;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What carries events.
 *
 * @param broker Postgres needs nothing more
 * @param uri where RabbitMQ is, {@code amqp://user:password@host:port/virtual-host}, or amqps with a certificate that this machine trusts
 * @param bootstrapServers where Kafka is, one or more {@code host:port} with commas between them
 * @param username who we are at Kafka, or null where it does not ask
 * @param password our password at Kafka
 * @param kafka how Kafka is spoken to
 */
@Validated
@ConfigurationProperties("miniplane.messaging")
record MessagingSettings(
        @DefaultValue("postgres") Carrier broker,
        @Nullable String uri,
        @Nullable String bootstrapServers,
        @Nullable String username,
        @Nullable String password,
        @Valid @DefaultValue KafkaSettings kafka) {

    private static final Pattern SERVERS = Pattern.compile("[^,:\\s]+:\\d{1,5}(,[^,:\\s]+:\\d{1,5})*");

    /** Whether RabbitMQ can be found. */
    @AssertTrue(
            message = "set it to the address of RabbitMQ, such as amqps://user:password@rabbitmq.example/shop,"
                    + " or broker to Postgres")
    boolean isUri() {
        return broker != Carrier.RABBITMQ || (uri != null && isAddress(uri));
    }

    /** Whether Kafka can be found. */
    @AssertTrue(
            message = "set it to the addresses of Kafka, such as kafka-0.example:9092,kafka-1.example:9092,"
                    + " or broker to Postgres")
    boolean isBootstrapServers() {
        return broker != Carrier.KAFKA
                || (bootstrapServers != null
                        && SERVERS.matcher(bootstrapServers).matches());
    }

    /** Whether a password goes with the name. */
    @AssertTrue(message = "set it to the password that belongs to the username")
    boolean isPassword() {
        return username == null || password != null;
    }

    /** Whether the password stays secret. */
    @AssertTrue(
            message = "set kafka.tls to true, or kafka.sasl-mechanism to SCRAM-SHA-512: PLAIN tells the password in"
                    + " the clear")
    boolean isKafka() {
        return kafka.isEncryptedWherePlain(username);
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
        RABBITMQ,
        /** Kafka from 2.4. */
        KAFKA
    }
}

package io.miniplane.server.platform.events;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Kafka is spoken to; where it is and who we are there stands beside it, in {@link MessagingSettings}.
 *
 * @param partitions how many partitions the topic of events gets when it is made, 1 to 1000: so many workers at most share a queue
 * @param saslMechanism how the username and password are told
 * @param tls whether the connections are encrypted; where it is left out, they are if there is a username
 * @param trustedCertificates a PEM file with the certificates that vouch for the brokers, or null: those that this machine trusts
 */
record KafkaSettings(
        @Min(value = 1, message = PARTITIONS) @Max(value = 1000, message = PARTITIONS) @DefaultValue("12")
        int partitions,

        @DefaultValue("scram-sha-512") Mechanism saslMechanism,
        @Nullable Boolean tls,
        @Nullable String trustedCertificates) {

    private static final String PARTITIONS = "set it to a number from 1 to 1000";

    /** What every client of Kafka is given. */
    Map<String, Object> client(String servers, @Nullable String username, @Nullable String password) {
        Map<String, Object> client = new HashMap<>();
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        client.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol(username != null));
        if (username != null) {
            client.put(SaslConfigs.SASL_MECHANISM, saslMechanism.protocolName);
            client.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    saslMechanism.module + " required username=" + quoted(username) + " password="
                            + quoted(password == null ? "" : password) + ";");
        }
        if (trustedCertificates != null) {
            client.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            client.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, trustedCertificates);
        }
        return client;
    }

    /** PLAIN tells the password in the clear. */
    boolean isEncryptedWherePlain(@Nullable String username) {
        return username == null || saslMechanism != Mechanism.PLAIN || isEncrypted(true);
    }

    private String protocol(boolean named) {
        return named ? (isEncrypted(true) ? "SASL_SSL" : "SASL_PLAINTEXT") : (isEncrypted(false) ? "SSL" : "PLAINTEXT");
    }

    private boolean isEncrypted(boolean unlessTold) {
        return tls == null ? unlessTold : tls;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** How a username and a password are told. */
    enum Mechanism {
        /** In the clear, so over TLS only. */
        PLAIN("PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule"),
        /** By proof of knowledge, with SHA-256. */
        SCRAM_SHA_256("SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule"),
        /** By proof of knowledge, with SHA-512. */
        SCRAM_SHA_512("SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

        private final String protocolName;
        private final String module;

        Mechanism(String protocolName, String module) {
            this.protocolName = protocolName;
            this.module = module;
        }
    }
}

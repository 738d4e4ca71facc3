package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How events travel from the api to the worker. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.broker == 'Postgres' || has(self.secretRef)",
        message = "messaging.secretRef is required with broker RabbitMQ or Kafka: name the Secret of the "
                + "broker, or set broker to Postgres")
public record Messaging(
        @JsonPropertyDescription(
                "Postgres keeps events in the database and needs nothing else; RabbitMQ and Kafka need secretRef.")
        @Default("Postgres")
        Broker broker,

        @JsonPropertyDescription("Secret with the address and credentials of the broker: uri for RabbitMQ; "
                + "bootstrap-servers, and username and password if it asks for them, for Kafka.")
        @Nullable
        SecretRef secretRef) {

    /** Where events wait. */
    public enum Broker {
        /** In the database of the backend. */
        @JsonProperty("Postgres")
        POSTGRES,
        /** In RabbitMQ. */
        @JsonProperty("RabbitMQ")
        RABBIT_MQ,
        /** In Kafka. */
        @JsonProperty("Kafka")
        KAFKA
    }
}

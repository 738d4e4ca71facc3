package io.miniplane.server.platform.events;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/**
 * What there is at RabbitMQ: an exchange that events are published to by type, a quorum queue per handler, and an exchange with a quorum queue for
 * what cannot be read or was delivered too often. Everything begins with the AppID, so that backends can share a virtual host.
 */
final class RabbitTopology {

    /** Deliveries that ended with the connection; afterwards the outbox brings the event back. */
    private static final int DELIVERIES = 20;

    private final String prefix;

    RabbitTopology(String appId) {
        this.prefix = "miniplane." + appId + ".";
    }

    String exchange() {
        return prefix + "events";
    }

    String deadLetters() {
        return prefix + "dead-letters";
    }

    String queue(String handler) {
        return prefix + handler;
    }

    /** Makes the queue of a handler and all that it needs, where it is not there. */
    void declare(Channel channel, String handler, Collection<String> types) throws IOException {
        channel.exchangeDeclare(exchange(), BuiltinExchangeType.DIRECT, true);
        channel.exchangeDeclare(deadLetters(), BuiltinExchangeType.FANOUT, true);
        channel.queueDeclare(deadLetters(), true, false, false, Map.of("x-queue-type", "quorum"));
        channel.queueBind(deadLetters(), deadLetters(), "");
        channel.queueDeclare(
                queue(handler),
                true,
                false,
                false,
                Map.of(
                        "x-queue-type",
                        "quorum",
                        "x-delivery-limit",
                        DELIVERIES,
                        "x-dead-letter-exchange",
                        deadLetters(),
                        "x-dead-letter-strategy",
                        "at-least-once",
                        "x-overflow",
                        "reject-publish"));
        for (String type : types) {
            channel.queueBind(queue(handler), exchange(), type);
        }
    }
}

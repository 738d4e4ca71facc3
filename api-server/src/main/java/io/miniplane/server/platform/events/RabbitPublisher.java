package io.miniplane.server.platform.events;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Publishes with confirms; used on the thread of its link only. */
final class RabbitPublisher {

    private static final int PERSISTENT = 2;
    private static final long CONFIRMED_WITHIN_MILLIS = 3000;

    private final RabbitTopology topology;
    private final String source;
    private final Set<Route> declared = new HashSet<>();
    private final AtomicInteger returned = new AtomicInteger();
    private volatile boolean isBlocked;
    private @Nullable Channel channel;

    RabbitPublisher(RabbitTopology topology, String source) {
        this.topology = topology;
        this.source = source;
    }

    void opened(Connection connection) {
        isBlocked = false;
        channel = null;
        connection.addBlockedListener(reason -> isBlocked = true, () -> isBlocked = false);
    }

    /**
     * Publishes a batch and waits until all of it is safe.
     *
     * @throws BrokerAwayException when RabbitMQ blocks publishers or has no queue for an event
     */
    void publish(Connection connection, List<OutgoingEvent> events)
            throws IOException, TimeoutException, InterruptedException {
        if (isBlocked) {
            throw new BrokerAwayException("RabbitMQ is out of memory or disk and takes nothing in");
        }
        Channel open = channel(connection);
        returned.set(0);
        for (OutgoingEvent event : events) {
            declare(open, event);
            open.basicPublish(topology.exchange(), event.event().type(), true, properties(event), event.bytes());
        }
        open.waitForConfirmsOrDie(CONFIRMED_WITHIN_MILLIS);
        if (returned.get() > 0) {
            declared.clear();
            throw new BrokerAwayException("RabbitMQ has lost a queue, which is made again");
        }
    }

    private Channel channel(Connection connection) throws IOException {
        Channel current = channel;
        if (current == null || !current.isOpen()) {
            declared.clear();
            current = connection.createChannel();
            current.confirmSelect();
            current.addReturnListener(message -> returned.incrementAndGet());
            channel = current;
        }
        return current;
    }

    private void declare(Channel open, OutgoingEvent event) throws IOException {
        String type = event.event().type();
        for (String queue : event.queues()) {
            if (!declared.contains(new Route(type, queue))) {
                topology.declare(open, queue, List.of(type));
                declared.add(new Route(type, queue));
            }
        }
    }

    private BasicProperties properties(OutgoingEvent outgoing) {
        DomainEvent event = outgoing.event();
        Map<String, Object> headers = new HashMap<>();
        EventAttributes.of(outgoing, source).forEach((name, value) -> headers.put(RabbitBroker.HEADER + name, value));
        return new BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .contentType(EventAttributes.contentType(event))
                .messageId(event.id().toString())
                .type(event.type())
                .headers(headers)
                .build();
    }

    private record Route(String type, String queue) {}
}

package io.miniplane.server.platform.events;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Takes the messages of one queue, over a connection of its own. */
final class RabbitConsumer {

    private static final Logger LOG = LogManager.getLogger(RabbitConsumer.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Sinks.EmitFailureHandler ONE_AFTER_ANOTHER =
            Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1));

    private final Subscription subscription;
    private final RabbitTopology topology;
    private final RabbitLink link;
    private final Consumer<String> unreadable;
    private final Sinks.Many<Delivery> deliveries = Sinks.many().unicast().onBackpressureBuffer();
    private final AtomicBoolean isWaiting = new AtomicBoolean();
    private volatile boolean isCancelled;
    private @Nullable Channel channel;

    /** @param unreadable is told the queue of each message that is no event */
    RabbitConsumer(
            Subscription subscription,
            RabbitTopology topology,
            ConnectionFactory connections,
            Consumer<String> unreadable) {
        this.subscription = subscription;
        this.topology = topology;
        this.link = new RabbitLink("rabbitmq-consuming " + subscription.queue(), connections, this::begin);
        this.unreadable = unreadable;
    }

    void start() {
        link.start();
    }

    Mono<Void> stop() {
        return link.stop();
    }

    Flux<Delivery> deliveries() {
        return deliveries.asFlux().doOnCancel(() -> {
            isCancelled = true;
            link.run(this::cancel);
        });
    }

    /** Begins to take messages over this connection, on the thread of the link. That this queue is refused is no reason to give the connection up. */
    private void begin(Connection connection) throws IOException {
        try {
            open(connection);
        } catch (IOException | RuntimeException refused) {
            if (!connection.isOpen()) {
                throw refused;
            }
            tryAgain(refused);
        }
    }

    private void open(Connection connection) throws IOException {
        if (isCancelled) {
            return;
        }
        Channel open = connection.createChannel();
        channel = open;
        open.addShutdownListener(this::closed);
        topology.declare(open, subscription.queue(), subscription.types());
        open.basicQos(subscription.prefetch());
        open.basicConsume(topology.queue(subscription.queue()), false, subscription.queue(), new Taking(open));
    }

    private void closed(ShutdownSignalException cause) {
        if (!cause.isHardError() && !cause.isInitiatedByApplication()) {
            LOG.warn("RabbitMQ closed the channel of queue {}, which is opened again", subscription.queue());
            later();
        }
    }

    private void tryAgain(Exception refused) {
        LOG.warn(
                "RabbitMQ does not give queue {}, which is tried again: {}",
                subscription.queue(),
                refused.getClass().getName());
        later();
    }

    private void later() {
        if (isWaiting.compareAndSet(false, true)) {
            link.later(this::openAgain, PAUSE);
        }
    }

    /** Does so over the connection of now, if there is one. */
    private void openAgain() {
        isWaiting.set(false);
        Channel current = channel;
        if (current != null && current.isOpen()) {
            return;
        }
        try {
            begin(link.connection());
        } catch (IOException | RuntimeException connectionLost) {
            LOG.debug("Queue {} is opened with the next connection", subscription.queue());
        }
    }

    private void openAnew() {
        Channel current = channel;
        try {
            if (current != null) {
                current.abort();
            }
        } catch (IOException gone) {
            LOG.debug("The channel of queue {} was closed already", subscription.queue());
        }
        openAgain();
    }

    private void cancel() {
        Channel current = channel;
        try {
            if (current != null && current.isOpen()) {
                current.basicCancel(subscription.queue());
            }
        } catch (IOException | AlreadyClosedException gone) {
            LOG.debug("Queue {} was cancelled by the end of its connection", subscription.queue());
        }
    }

    private void acknowledge(Channel of, long tag) {
        link.run(() -> {
            try {
                of.basicAck(tag, false);
            } catch (IOException | AlreadyClosedException gone) {
                LOG.debug("A message of queue {} will come again", subscription.queue());
            }
        });
    }

    private static Map<String, String> attributes(BasicProperties properties) {
        Map<String, String> attributes = new HashMap<>();
        Map<String, Object> headers = properties.getHeaders();
        if (headers != null) {
            headers.forEach((name, value) -> {
                if (name.startsWith(RabbitBroker.HEADER) && value != null) {
                    attributes.put(name.substring(RabbitBroker.HEADER.length()), value.toString());
                }
            });
        }
        return attributes;
    }

    /**
     * What is taken.
     *
     * @param queue the queue of the handler
     * @param types what it is bound to
     * @param prefetch how many unacknowledged messages there may be
     */
    record Subscription(String queue, Set<String> types, int prefetch) {}

    /** The callbacks of one channel. */
    private final class Taking extends DefaultConsumer {

        Taking(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body)
                throws IOException {
            long delivery = envelope.getDeliveryTag();
            try {
                deliveries.emitNext(
                        EventAttributes.read(attributes(properties), () -> acknowledge(getChannel(), delivery)),
                        ONE_AFTER_ANOTHER);
            } catch (UnreadableEventException foreign) {
                LOG.warn("A message of queue {} is put aside: {}", subscription.queue(), foreign.getMessage());
                unreadable.accept(subscription.queue());
                getChannel().basicReject(delivery, false);
            }
        }

        /** The queue was deleted, or moves to another node. */
        @Override
        public void handleCancel(String tag) {
            LOG.warn("RabbitMQ took queue {} away, which is made again", subscription.queue());
            link.later(RabbitConsumer.this::openAnew, PAUSE);
        }
    }
}

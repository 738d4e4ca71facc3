package io.miniplane.server.platform.events;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * RabbitMQ. Publishing has a connection of its own, because RabbitMQ stops reading from publishers when it runs out of memory. So has each queue,
 * because RabbitMQ closes the whole connection when it can't serve one of its queues.
 */
final class RabbitBroker implements Broker {

    /** The prefix of attributes among the headers, by the AMQP binding of CloudEvents. */
    static final String HEADER = "cloudEvents:";

    private static final int CONNECTED_WITHIN_MILLIS = 5000;
    private static final int HEARTBEAT_SECONDS = 10;

    private final RabbitTopology topology;
    private final Consumer<String> unreadable;
    private final ConnectionFactory connections;
    private final RabbitPublisher publisher;
    private final RabbitLink publishing;
    private final RabbitLink counting;
    private final List<RabbitConsumer> consumers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isCounting = new AtomicBoolean();
    private final AtomicBoolean isPublishing = new AtomicBoolean();

    /**
     * @param uri where it is
     * @param appId whose events it carries
     * @param unreadable is told the queue of each message that is no event
     */
    RabbitBroker(String uri, String appId, Consumer<String> unreadable) {
        this.topology = new RabbitTopology(appId);
        this.unreadable = unreadable;
        this.publisher = new RabbitPublisher(topology, "/miniplane/" + appId);
        this.connections = factory(uri);
        this.publishing = new RabbitLink("rabbitmq-publishing", connections, publisher::opened);
        this.counting = new RabbitLink("rabbitmq-counting", connections, connection -> {});
    }

    @Override
    public void start() {
        publishing.start();
    }

    @Override
    public Mono<Void> stop() {
        return Mono.when(Stream.concat(
                        Stream.of(publishing.stop(), counting.stop()),
                        consumers.stream().map(RabbitConsumer::stop))
                .toList());
    }

    @Override
    public Mono<Void> publish(List<OutgoingEvent> events) {
        return Mono.defer(() -> {
            if (!isPublishing.compareAndSet(false, true)) {
                return Mono.error(new BrokerAwayException("RabbitMQ has not answered to the batch before"));
            }
            return publishing
                    .<Boolean>call(() -> {
                        try {
                            publisher.publish(publishing.connection(), events);
                            return true;
                        } finally {
                            isPublishing.set(false);
                        }
                    })
                    .then();
        });
    }

    @Override
    public Flux<Delivery> consume(String queue, Set<String> types, int prefetch) {
        RabbitConsumer consumer = new RabbitConsumer(
                new RabbitConsumer.Subscription(queue, types, prefetch), topology, connections, unreadable);
        return consumer.deliveries().doOnSubscribe(begun -> {
            consumers.add(consumer);
            consumer.start();
        });
    }

    @Override
    public String system() {
        return "rabbitmq";
    }

    @Override
    public String destination(String type) {
        return topology.exchange() + ":" + type;
    }

    @Override
    public Mono<Map<String, Long>> ready(Collection<String> queues) {
        if (isCounting.compareAndSet(false, true)) {
            counting.start();
        }
        return counting.call(() -> {
            Map<String, Long> counts = new HashMap<>();
            for (String queue : queues) {
                counts.put(queue, count(topology.queue(queue)));
            }
            return counts;
        });
    }

    private long count(String queue) throws IOException {
        Channel channel = counting.connection().createChannel();
        try {
            return channel.messageCount(queue);
        } catch (IOException refused) {
            if (refused.getCause() instanceof ShutdownSignalException signal && !signal.isHardError()) {
                return 0;
            }
            throw refused;
        } finally {
            channel.abort();
        }
    }

    private static ConnectionFactory factory(String uri) {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(uri);
            if (factory.isSSL()) {
                factory.useSslProtocol(SSLContext.getDefault());
                factory.enableHostnameVerification();
            }
        } catch (URISyntaxException | GeneralSecurityException wrong) {
            throw new IllegalArgumentException("The address of RabbitMQ cannot be used", wrong);
        }
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(CONNECTED_WITHIN_MILLIS);
        factory.setHandshakeTimeout(CONNECTED_WITHIN_MILLIS);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setThreadFactory(RabbitLink.named("rabbitmq-io"));
        return factory;
    }
}

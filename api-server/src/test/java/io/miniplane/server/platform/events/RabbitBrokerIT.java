package io.miniplane.server.platform.events;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.RabbitServer;
import io.miniplane.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RabbitBrokerIT extends RemoteBrokerContract {

    private static final RabbitTopology TOPOLOGY = new RabbitTopology(SimulatorOptions.TRIAL_APP_ID);

    private static final String UNSERVED = "wechat-push.account-cancelled";

    private RabbitServer rabbit;

    @BeforeEach
    void startRabbit() {
        rabbit = RabbitServer.running();
    }

    @AfterEach
    void restartRabbit() {
        rabbit.start();
    }

    @Override
    List<String> broker() {
        return List.of("--miniplane.messaging.broker=RabbitMQ", "--miniplane.messaging.uri=" + rabbit.uri());
    }

    @Override
    void killBroker() {
        rabbit.kill();
    }

    @Override
    void startBroker() {
        rabbit.start();
    }

    @Override
    void wipeBroker() {
        rabbit.wipe();
    }

    @Override
    void sendForeign(String queue) {
        with(channel -> {
            channel.basicPublish(
                    "",
                    TOPOLOGY.queue(queue),
                    new BasicProperties.Builder().deliveryMode(2).build(),
                    "{}".getBytes(StandardCharsets.UTF_8));
            return true;
        });
    }

    @Override
    long putAside() {
        return with(channel -> channel.messageCount(TOPOLOGY.deadLetters()));
    }

    @Override
    Tap tap(String type) {
        String queue = with(channel -> {
            String name = channel.queueDeclare(
                            "tap-" + DomainEvent.newId(), false, false, false, Map.of("x-expires", 60_000))
                    .getQueue();
            channel.queueBind(name, TOPOLOGY.exchange(), type);
            return name;
        });
        return () -> message(await().atMost(PATIENCE)
                .until(() -> with(channel -> channel.basicGet(queue, true)), Objects::nonNull));
    }

    /** RabbitMQ closes the connection of whoever asks such a queue for messages. */
    @Test
    void aQueueThatRabbitCannotServeHoldsUpNoOther() {
        Api first = server();
        DomainEvent before = event("a", 1);
        write(first, before);
        await().atMost(PATIENCE).until(() -> effects(before.id()) == 2);
        rabbit.suspend(TOPOLOGY.queue(UNSERVED));
        try {
            rabbit.disconnectAll();
            DomainEvent meanwhile = event("a", 2);
            write(first, meanwhile);
            await().atMost(PATIENCE).until(() -> effects(meanwhile.id()) == 2);
        } finally {
            rabbit.resume(TOPOLOGY.queue(UNSERVED));
        }
    }

    private static Message message(GetResponse response) {
        Map<String, String> attributes = new HashMap<>();
        response.getProps().getHeaders().forEach((name, value) -> {
            if (name.startsWith("cloudEvents:")) {
                attributes.put(name.substring("cloudEvents:".length()), value.toString());
            }
        });
        return new Message(attributes, new String(response.getBody(), StandardCharsets.ISO_8859_1));
    }

    private <T> T with(Act<T> act) {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(rabbit.uri());
            try (Connection connection = factory.newConnection();
                    Channel channel = connection.createChannel()) {
                return act.on(channel);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface Act<T> {
        T on(Channel channel) throws IOException;
    }
}

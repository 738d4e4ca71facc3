package io.miniplane.server.order;

import io.miniplane.server.stage.RabbitServer;
import java.util.List;

class RabbitOrderTraceIT extends OrderTraceContract {

    private final RabbitServer rabbit = RabbitServer.running();

    @Override
    List<String> broker() {
        return List.of("--miniplane.messaging.broker=RabbitMQ", "--miniplane.messaging.uri=" + rabbit.uri());
    }

    @Override
    String system() {
        return "rabbitmq";
    }
}

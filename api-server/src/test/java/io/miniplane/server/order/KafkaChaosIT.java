package io.miniplane.server.order;

import io.miniplane.server.stage.KafkaServer;
import java.util.List;

class KafkaChaosIT extends ChaosContract {

    private final KafkaServer kafka = KafkaServer.running();

    @Override
    List<String> broker() {
        return List.of(
                "--miniplane.messaging.broker=Kafka",
                "--miniplane.messaging.bootstrap-servers=" + kafka.bootstrapServers());
    }

    @Override
    void restartBroker() {
        kafka.kill();
        kafka.start();
    }
}

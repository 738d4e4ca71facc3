package io.miniplane.server.platform.events;

import java.util.List;

class PostgresBrokerIT extends BrokerContract {

    @Override
    List<String> broker() {
        return List.of("--miniplane.messaging.broker=Postgres");
    }
}

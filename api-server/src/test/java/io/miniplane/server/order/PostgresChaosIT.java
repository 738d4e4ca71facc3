package io.miniplane.server.order;

import java.util.List;

class PostgresChaosIT extends ChaosContract {

    @Override
    List<String> broker() {
        return List.of();
    }

    @Override
    void restartBroker() {
        // PostgreSQL restarts anyway.
    }
}

package io.miniplane.server.order;

import java.util.List;

class PostgresOrderTraceIT extends OrderTraceContract {

    @Override
    List<String> broker() {
        return List.of();
    }

    @Override
    String system() {
        return "postgresql";
    }
}

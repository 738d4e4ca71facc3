package io.miniplane.server.bench;

import io.miniplane.server.MiniplaneServer;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandler;
import io.miniplane.server.platform.events.EventHandlers;
import java.util.Set;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The product with a handler that writes one row for each event, as a team's own would. */
final class QueueServer {

    static final String TYPE = "bench.counted";

    private QueueServer() {}

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(MiniplaneServer.class)
                .sources(QueueServer.class)
                .run(arguments);
    }

    @Bean
    static EventHandlers countingHandlers(DatabaseClient database) {
        return EventHandlers.of(new Counting(database));
    }

    record Counting(DatabaseClient database) implements EventHandler {

        @Override
        public String queue() {
            return TYPE;
        }

        @Override
        public Set<String> types() {
            return Set.of(TYPE);
        }

        @Override
        public Mono<Void> handle(DomainEvent event) {
            return database.sql("INSERT INTO bench_effects (event) VALUES (:event)")
                    .bind("event", event.id())
                    .then();
        }
    }
}

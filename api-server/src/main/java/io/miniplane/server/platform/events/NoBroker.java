package io.miniplane.server.platform.events;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** There is nothing beside the database: {@link PostgresRelay} moves events to the queues that are there. */
final class NoBroker implements Broker {

    @Override
    public void start() {
        // The database is there already.
    }

    @Override
    public Mono<Void> stop() {
        return Mono.empty();
    }

    @Override
    public Mono<Void> publish(List<OutgoingEvent> events) {
        return Mono.error(new IllegalStateException("There is no broker"));
    }

    @Override
    public Flux<Delivery> consume(String queue, Set<String> types, int prefetch) {
        return Flux.never();
    }

    @Override
    public String system() {
        return "postgresql";
    }

    @Override
    public String destination(String type) {
        return type;
    }

    @Override
    public Mono<Map<String, Long>> ready(Collection<String> queues) {
        return Mono.just(Map.of());
    }
}

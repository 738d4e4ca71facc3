package io.miniplane.server.gateway.infrastructure;

import io.miniplane.server.gateway.application.ContainerEvent;
import io.miniplane.server.gateway.application.ContainerEvents;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.DomainEvent.Aggregate;
import io.miniplane.server.platform.events.Outbox;
import io.miniplane.server.platform.events.Traceparent;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Keeps events of the container in the outbox, encrypted: what they say of people only the team knows. */
final class OutboxContainerEvents implements ContainerEvents {

    private static final String KEEP_ONCE = Outbox.INSERT + " ON CONFLICT (id) DO NOTHING";
    private static final String AGGREGATE = "container";

    private final DatabaseClient database;
    private final Outbox outbox;

    OutboxContainerEvents(DatabaseClient database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    @Override
    public Mono<Void> keep(ContainerEvent event) {
        return Mono.deferContextual(
                context -> outbox.bind(database.sql(KEEP_ONCE), written(event).within(Traceparent.of(context)))
                        .fetch()
                        .rowsUpdated()
                        .doOnSuccess(written -> outbox.wake())
                        .then());
    }

    private static DomainEvent written(ContainerEvent event) {
        return new DomainEvent(
                event.key(),
                ContainerEvent.TYPE,
                1,
                new Aggregate(AGGREGATE, event.lane()),
                event.type(),
                event.json(),
                true,
                null,
                event.time());
    }
}

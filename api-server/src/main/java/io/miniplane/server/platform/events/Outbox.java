package io.miniplane.server.platform.events;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/**
 * Where events are written. An event that tells of a change is written in the same statement as the change, so that there is neither without the
 * other:
 *
 * <pre>{@code
 * private static final String PAY = """
 *         WITH paid AS (UPDATE orders SET … WHERE id = :id AND status = 'CONFIRMED' RETURNING id),
 *         event AS (""" + Outbox.INSERT + " WHERE EXISTS (SELECT FROM paid)) SELECT id FROM paid";
 *
 * outbox.bind(database.sql(PAY).bind("id", id), event).map(…).one().doOnSuccess(paid -> outbox.wake());
 * }</pre>
 */
public interface Outbox {

    /** Writes the event that {@link #bind} binds; a {@code FROM} or {@code WHERE} clause may follow. */
    String INSERT = """
            INSERT INTO outbox (id, type, schemaversion, aggregatetype, aggregateid, subject, time, traceparent, data, sealed_data)
            SELECT :event_id, :event_type, :event_schemaversion, :event_aggregatetype, :event_aggregateid, :event_subject,
                :event_time, :event_traceparent, :event_data, :event_sealed_data
            """;

    /** Binds the parameters of {@link #INSERT}; personal data is encrypted here. */
    GenericExecuteSpec bind(GenericExecuteSpec statement, DomainEvent event);

    /** Writes an event that is the only effect. Within a transaction it becomes part of that. */
    Mono<Void> write(DomainEvent event);

    /** Says that an event was written, so that it is on its way at once and not at the next look. Needed for nothing else. */
    void wake();
}

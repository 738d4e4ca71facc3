package io.miniplane.server.platform.events;

import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.crypto.FieldLocation;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** The outbox in PostgreSQL. */
final class PostgresOutbox implements Outbox {

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final Wakes wakes;

    PostgresOutbox(DatabaseClient database, FieldCipher cipher, Wakes wakes) {
        this.database = database;
        this.cipher = cipher;
        this.wakes = wakes;
    }

    @Override
    public GenericExecuteSpec bind(GenericExecuteSpec statement, DomainEvent event) {
        byte[] plain = event.isPersonal() ? null : event.data().getBytes(StandardCharsets.UTF_8);
        byte[] sealed = event.isPersonal() ? cipher.encrypt(at(event.id()), event.data()) : null;
        return statement
                .bind("event_id", event.id())
                .bind("event_type", event.type())
                .bind("event_schemaversion", event.schemaVersion())
                .bind("event_aggregatetype", event.aggregate().type())
                .bind("event_aggregateid", event.aggregate().id())
                .bind("event_subject", Parameters.in(R2dbcType.VARCHAR, event.subject()))
                .bind("event_time", event.time())
                .bind("event_traceparent", Parameters.in(R2dbcType.VARCHAR, event.traceparent()))
                .bind("event_data", Parameters.in(R2dbcType.VARBINARY, plain))
                .bind("event_sealed_data", Parameters.in(R2dbcType.VARBINARY, sealed));
    }

    @Override
    public Mono<Void> write(DomainEvent event) {
        return Mono.deferContextual(context -> bind(database.sql(INSERT), event.within(Traceparent.of(context)))
                .fetch()
                .rowsUpdated()
                .doOnSuccess(written -> wake())
                .then());
    }

    @Override
    public void wake() {
        wakes.outboxWritten();
    }

    /** The event with its data as it was before {@link #bind}. */
    DomainEvent opened(ClaimedEvent claimed) {
        DomainEvent event = claimed.event();
        return new DomainEvent(
                event.id(),
                event.type(),
                event.schemaVersion(),
                event.aggregate(),
                event.subject(),
                data(claimed),
                event.isPersonal(),
                event.traceparent(),
                event.time());
    }

    private String data(ClaimedEvent claimed) {
        ByteBuffer sealed = claimed.sealed();
        ByteBuffer plain = claimed.plain();
        if (sealed != null) {
            return cipher.decrypt(at(claimed.id()), bytes(sealed));
        }
        return plain == null ? "" : new String(bytes(plain), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static FieldLocation at(UUID id) {
        return new FieldLocation("outbox", "sealed_data", id);
    }
}

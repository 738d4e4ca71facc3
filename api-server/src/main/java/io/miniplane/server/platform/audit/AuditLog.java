package io.miniplane.server.platform.audit;

import io.miniplane.server.platform.Paging;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Reads the log; who reads it is in it too. */
final class AuditLog {

    private static final String COLUMNS =
            "id, at, issuer, subject, roles, action, object, user_ids, revealed, reason, trace_id, client_address";

    private final DatabaseClient database;

    AuditLog(DatabaseClient database) {
        this.database = database;
    }

    /** Rows from the newest on, of one user or of all. */
    Mono<List<Entry>> read(Paging paging, @Nullable UUID user, StaffAccess access) {
        GenericExecuteSpec statement =
                AuditRow.bind(database.sql(statement(paging, user)), access).bind("rows", paging.toRead());
        statement = paging.after() == null ? statement : statement.bind("after", paging.after());
        statement = user == null ? statement : statement.bind("user", user);
        return statement.map(AuditLog::entry).all().collectList();
    }

    private static String statement(Paging paging, @Nullable UUID user) {
        return "WITH found AS (SELECT " + COLUMNS + " FROM audit WHERE true"
                + (paging.after() == null ? "" : " AND id < :after")
                + (user == null ? "" : " AND user_ids @> ARRAY[:user]::uuid[]")
                + " ORDER BY id DESC LIMIT :rows), audited AS ("
                + AuditRow.insert(user == null ? "ARRAY[]::uuid[]" : "ARRAY[:user]::uuid[]")
                + ") SELECT found.* FROM found, audited ORDER BY found.id DESC";
    }

    private static Entry entry(Readable row) {
        return new Entry(
                row.get("id", UUID.class),
                row.get("at", Instant.class),
                row.get("issuer", String.class),
                row.get("subject", String.class),
                list(row.get("roles", String[].class)),
                row.get("action", String.class),
                row.get("object", String.class),
                list(row.get("user_ids", UUID[].class)),
                list(row.get("revealed", String[].class)),
                row.get("reason", String.class),
                row.get("trace_id", String.class),
                row.get("client_address", String.class));
    }

    private static <T> List<T> list(T @Nullable [] values) {
        return List.of(Objects.requireNonNull(values));
    }

    /** A row of the log, as it is answered; {@code at} is UTC in ISO 8601. */
    record Entry(
            UUID id,
            Instant at,
            String issuer,
            String subject,
            List<String> roles,
            String action,
            @Nullable String object,
            List<UUID> userIds,
            List<String> revealed,
            @Nullable String reason,
            String traceId,
            String clientAddress) {}
}

package io.miniplane.server.platform.audit;

import io.miniplane.server.platform.security.Role;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Writes the row of an access as part of the statement that makes it, so that no data leaves without its row:
 *
 * <pre>{@code
 * WITH found AS (SELECT …), audited AS (INSERT …) SELECT found.* FROM found, audited
 * }</pre>
 */
public final class AuditRow {

    private AuditRow() {}

    /**
     * The part of a statement that writes the row and returns its id; {@link #bind} gives it its values.
     *
     * @param userIds an SQL expression of the type {@code uuid[]}: whose data it is
     */
    public static String insert(String userIds) {
        return """
                INSERT INTO audit
                    (id, issuer, subject, roles, action, object, user_ids, revealed, reason, trace_id, client_address)
                SELECT :audit_id, :audit_issuer, :audit_subject, :audit_roles, :audit_action, :audit_object, %s,
                    :audit_revealed, :audit_reason, :audit_trace, :audit_address
                RETURNING id
                """.formatted(userIds);
    }

    /** The statement with the values of the row. */
    public static GenericExecuteSpec bind(GenericExecuteSpec statement, StaffAccess access) {
        return statement
                .bind("audit_id", access.id())
                .bind("audit_issuer", access.who().issuer())
                .bind("audit_subject", access.who().subject())
                .bind(
                        "audit_roles",
                        access.who().roles().stream().map(Role::claim).sorted().toArray(String[]::new))
                .bind("audit_action", access.action())
                .bind("audit_object", Parameters.in(R2dbcType.VARCHAR, access.object()))
                .bind("audit_revealed", access.revealed().stream().sorted().toArray(String[]::new))
                .bind("audit_reason", Parameters.in(R2dbcType.VARCHAR, access.reason()))
                .bind("audit_trace", access.traceId())
                .bind("audit_address", access.address());
    }
}

package io.miniplane.server.platform.audit;

import com.fasterxml.uuid.Generators;
import io.miniplane.server.platform.ClientOrigin;
import io.miniplane.server.platform.RequestTrace;
import io.miniplane.server.platform.security.Caller;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * One access of staff to personal data, or to something else that matters, as the audit log keeps it beside the ids of the users.
 *
 * @param id a UUID of version 7
 * @param who who of the staff
 * @param action what they do, such as {@code users.read}
 * @param object what they do it to where that is no user, or null
 * @param revealed the fields that they see in the clear
 * @param reason why they must see them, or null where nothing is revealed
 * @param traceId the trace of the request
 * @param address the address of the client
 */
public record StaffAccess(
        UUID id,
        Caller.Staff who,
        String action,
        @Nullable String object,
        Set<String> revealed,
        @Nullable String reason,
        String traceId,
        String address) {

    /** Keeps the fields as they are now. */
    public StaffAccess {
        revealed = Set.copyOf(revealed);
    }

    /** The access that the request of a member of staff makes; it reveals nothing. */
    public static Mono<StaffAccess> of(ServerRequest request, String action) {
        return Caller.currentStaff().map(who -> of(request.exchange(), who, action));
    }

    /** The same access, revealing fields for a reason. */
    public StaffAccess revealing(Set<String> fields, String because) {
        return new StaffAccess(id, who, action, object, fields, because, traceId, address);
    }

    /** The same access, to something that is no user. */
    public StaffAccess on(String thing) {
        return new StaffAccess(id, who, action, thing, revealed, reason, traceId, address);
    }

    private static StaffAccess of(ServerWebExchange exchange, Caller.Staff who, String action) {
        RequestTrace trace = RequestTrace.of(exchange);
        return new StaffAccess(
                Generators.timeBasedEpochRandomGenerator().generate(),
                who,
                action,
                null,
                Set.of(),
                null,
                trace == null ? "" : trace.traceId(),
                ClientOrigin.of(exchange).address());
    }

    @Override
    public String toString() {
        return "StaffAccess[" + id + " " + action + "]";
    }
}

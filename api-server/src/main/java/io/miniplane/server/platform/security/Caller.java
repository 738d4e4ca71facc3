package io.miniplane.server.platform.security;

import java.util.Set;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.publisher.Mono;

/**
 * The authenticated caller of a request.
 *
 * @param userId who calls
 * @param sessionId in which session
 * @param roles what the caller may do
 */
public record Caller(UserId userId, SessionId sessionId, Set<Role> roles) {

    /** Keeps the roles as they are now. */
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** The caller of the request that is being handled; an error where the route is public, for then there is none. */
    public static Mono<Caller> current() {
        return ReactiveSecurityContextHolder.getContext()
                .map(context -> (CallerAuthentication) context.getAuthentication())
                .map(CallerAuthentication::getPrincipal)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("This route is public and has no caller")));
    }
}

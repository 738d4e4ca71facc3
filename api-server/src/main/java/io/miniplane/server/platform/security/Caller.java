package io.miniplane.server.platform.security;

import java.util.Set;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.publisher.Mono;

/** The authenticated caller of a request. */
public sealed interface Caller {

    /** What the caller may do, at least one role. */
    Set<Role> roles();

    /** The opaque name by which log lines tell callers apart. */
    String name();

    /** The caller of the request that is being handled; an error where the route is open to anybody, for then there is none. */
    static Mono<Caller> current() {
        return ReactiveSecurityContextHolder.getContext()
                .map(context -> (CallerAuthentication) context.getAuthentication())
                .map(CallerAuthentication::getPrincipal)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("This route is public and has no caller")));
    }

    /** The user who calls; an error where the route lets others in too. */
    static Mono<User> currentUser() {
        return current().cast(User.class);
    }

    /** The member of staff who calls; an error where the route lets others in too. */
    static Mono<Staff> currentStaff() {
        return current().cast(Staff.class);
    }

    /**
     * A user of the mini-program, who holds a token of ours. They have the role {@link Role#USER} and never another.
     *
     * @param userId who calls
     * @param sessionId in which session
     */
    record User(UserId userId, SessionId sessionId) implements Caller {

        private static final Set<Role> ROLES = Set.of(Role.USER);

        @Override
        public Set<Role> roles() {
            return ROLES;
        }

        @Override
        public String name() {
            return userId.toString();
        }
    }

    /**
     * A member of staff, who holds a token of the company's own issuer.
     *
     * @param issuer the {@code iss} of that token
     * @param subject its {@code sub}: who calls
     * @param roles one or more of the roles of staff
     */
    record Staff(String issuer, String subject, Set<Role> roles) implements Caller {

        /** @throws IllegalArgumentException when there is no role, or that of a user */
        public Staff {
            roles = Set.copyOf(roles);
            if (roles.isEmpty() || roles.contains(Role.USER)) {
                throw new IllegalArgumentException("Staff has roles of staff");
            }
        }

        @Override
        public String name() {
            return "staff:" + subject;
        }
    }
}

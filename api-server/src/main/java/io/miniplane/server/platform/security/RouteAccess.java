package io.miniplane.server.platform.security;

import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;

/**
 * Who may call which routes. Each module contributes its rules as a bean beside the routes. A route that no rule names keeps the server from
 * starting, and an address that no rule names is closed.
 *
 * @param rules one for each route
 */
public record RouteAccess(List<Rule> rules) {

    /** Takes the rules as they are now. */
    public RouteAccess {
        rules = List.copyOf(rules);
    }

    /** The given rules. */
    public static RouteAccess of(Rule... rules) {
        return new RouteAccess(List.of(rules));
    }

    /** Anybody may call; the chain does not look at an {@code Authorization} header. */
    public static Rule anybody(HttpMethod method, String path) {
        return new Rule(method, path, new Anybody());
    }

    /** Anybody may call; whoever sends a token must send a good one and is known by it. */
    public static Rule visitors(HttpMethod method, String path) {
        return new Rule(method, path, new Visitors());
    }

    /** Whoever has one of the roles may call. */
    public static Rule only(HttpMethod method, String path, Role... roles) {
        return new Rule(method, path, new Holders(Set.of(roles)));
    }

    /**
     * The rule of one route.
     *
     * @param method its method
     * @param path its path pattern, to the letter as in the router function
     * @param audience who may call it
     */
    public record Rule(HttpMethod method, String path, Audience audience) {}

    /** Who may call a route. */
    public sealed interface Audience {}

    /** Everybody, with a token and without. */
    public record Anybody() implements Audience {}

    /** Everybody, with a good token, which tells who it is, and without one. */
    public record Visitors() implements Audience {}

    /** Nobody: what no rule names. */
    public record Nobody() implements Audience {}

    /**
     * The holders of any of some roles.
     *
     * @param roles one or more
     */
    public record Holders(Set<Role> roles) implements Audience {

        /** @throws IllegalArgumentException when there is no role */
        public Holders {
            roles = Set.copyOf(roles);
            if (roles.isEmpty()) {
                throw new IllegalArgumentException("A rule names at least one role");
            }
        }

        boolean admit(Caller caller) {
            return caller.roles().stream().anyMatch(roles::contains);
        }
    }
}

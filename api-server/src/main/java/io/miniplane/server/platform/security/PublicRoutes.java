package io.miniplane.server.platform.security;

import java.util.List;
import org.springframework.http.HttpMethod;

/**
 * Routes that anybody may call. A module contributes them as a bean; everything else needs a token. An {@code Authorization} header on a public
 * route is not looked at by the chain.
 *
 * @param routes the routes
 */
public record PublicRoutes(List<Route> routes) {

    /** Takes the routes as they are now. */
    public PublicRoutes {
        routes = List.copyOf(routes);
    }

    /** The given routes. */
    public static PublicRoutes of(Route... routes) {
        return new PublicRoutes(List.of(routes));
    }

    /**
     * One public route.
     *
     * @param method its method
     * @param path its path pattern, as in a router function
     */
    public record Route(HttpMethod method, String path) {}
}

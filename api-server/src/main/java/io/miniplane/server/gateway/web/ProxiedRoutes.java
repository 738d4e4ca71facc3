package io.miniplane.server.gateway.web;

import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import io.miniplane.server.platform.security.RouteAccess.Nobody;
import io.miniplane.server.platform.security.RouteAccess.Rule;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** What goes to the container. The addresses of this server never do, whatever a route says. */
final class ProxiedRoutes {

    /** The addresses of this server and all that may come to lie beneath them. */
    private static final List<PathPattern> OURS = Stream.of(
                    "/api/v1/**", "/wechat/**", "/.well-known/**", "/openapi.json/**", "/docs/**")
            .map(PathPatternParser.defaultInstance::parse)
            .toList();

    private static final List<HttpMethod> METHODS = List.of(HttpMethod.values());

    private final List<ProxiedRoute> routes = new ArrayList<>();

    /** @throws InvalidConfigurationPropertyValueException when a route is ours, is there twice, or has roles that nobody asks for */
    ProxiedRoutes(List<RouteSettings> settings, URI upstream) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < settings.size(); i++) {
            RouteSettings route = settings.get(i);
            String property = "miniplane.gateway.routes[" + i + "]";
            PathPattern path = PathPatternParser.defaultInstance.parse(route.path());
            check(property, route, seen);
            routes.add(new ProxiedRoute(path, route, upstream));
        }
        routes.sort(Comparator.comparing(ProxiedRoute::path, PathPattern.SPECIFICITY_COMPARATOR));
    }

    /** The route of the longest path that fits, if it takes the method; null where the request stays here. */
    @Nullable
    ProxiedRoute find(ServerHttpRequest request) {
        PathContainer path = request.getPath().pathWithinApplication();
        if (OURS.stream().anyMatch(ours -> ours.matches(path))) {
            return null;
        }
        @Nullable PathPattern longest = null;
        for (ProxiedRoute route : routes) {
            boolean fits =
                    longest == null ? route.path().matches(path) : route.path().equals(longest);
            if (fits) {
                longest = route.path();
                if (route.settings().taken().contains(request.getMethod())) {
                    return route;
                }
            }
        }
        return null;
    }

    /** Who may call which; what lies beneath the addresses of this server stays closed where it is nothing. */
    RouteAccess access() {
        Stream<Rule> closed = routes.isEmpty()
                ? Stream.of()
                : OURS.stream()
                        .flatMap(path -> METHODS.stream()
                                .map(method -> new Rule(method, path.getPatternString(), new Nobody())));
        Stream<Rule> open = routes.stream().flatMap(ProxiedRoutes::rules);
        return new RouteAccess(Stream.concat(closed, open).toList());
    }

    List<ProxiedRoute> all() {
        return List.copyOf(routes);
    }

    private static Stream<Rule> rules(ProxiedRoute route) {
        String path = route.path().getPatternString();
        return route.settings().taken().stream().map(method -> switch (route.settings()
                .auth()) {
            case NONE -> RouteAccess.anybody(method, path);
            case OPTIONAL -> RouteAccess.visitors(method, path);
            case REQUIRED -> RouteAccess.only(method, path, roles(route.settings()));
        });
    }

    private static Role[] roles(RouteSettings route) {
        return route.roles().isEmpty() ? Role.values() : route.roles().toArray(Role[]::new);
    }

    private static void check(String property, RouteSettings route, Set<String> seen) {
        PathContainer path = PathContainer.parsePath(route.path());
        if (OURS.stream().anyMatch(ours -> ours.matches(path))) {
            throw wrong(property + ".path", route.path(), "set it to a path that is not one of the server itself");
        }
        if (!route.roles().isEmpty() && route.auth() != RouteSettings.Auth.REQUIRED) {
            throw wrong(property + ".roles", route.roles(), "leave it out, or set auth to required");
        }
        for (HttpMethod method : route.taken()) {
            if (!METHODS.contains(method) || method.equals(HttpMethod.TRACE)) {
                throw wrong(property + ".methods", method, "set it to methods such as GET and POST");
            }
            if (!seen.add(method + " " + route.path())) {
                throw wrong(property, route.path(), "name the path in one route only for each method");
            }
        }
    }

    private static InvalidConfigurationPropertyValueException wrong(String property, Object value, String cure) {
        return new InvalidConfigurationPropertyValueException(property, value, cure);
    }
}

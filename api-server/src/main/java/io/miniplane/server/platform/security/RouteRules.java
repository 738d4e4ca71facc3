package io.miniplane.server.platform.security;

import io.miniplane.server.platform.ServedRoute;
import io.miniplane.server.platform.security.RouteAccess.Audience;
import io.miniplane.server.platform.security.RouteAccess.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The rules of all modules. Of the paths that fit a request the most specific one counts: whoever deletes {@code /users/search} does not delete the
 * user of {@code /users/{id}}.
 */
final class RouteRules {

    private static final String ATTRIBUTE = RouteRules.class.getName();
    private static final Audience NOBODY = new RouteAccess.Nobody();

    private final List<Entry> entries = new ArrayList<>();

    /** @throws UnruledRoute when two rules are for the same method and path */
    RouteRules(List<RouteAccess> modules) {
        modules.stream().flatMap(module -> module.rules().stream()).forEach(this::add);
        entries.sort(Comparator.comparing(Entry::path, PathPattern.SPECIFICITY_COMPARATOR));
    }

    /** Who may make this request. */
    Audience audience(ServerWebExchange exchange) {
        return (Audience) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, key -> audience(exchange.getRequest()));
    }

    /** @throws UnruledRoute when a route that is served has no rule */
    void cover(List<ServedRoute> routes) {
        for (ServedRoute route : routes) {
            if (route.methods().isEmpty()) {
                throw UnruledRoute.anyMethod(route.path());
            }
            route.methods().stream()
                    .filter(method -> !has(method, route.path()))
                    .findFirst()
                    .ifPresent(method -> {
                        throw UnruledRoute.none(method, route.path());
                    });
        }
    }

    private void add(Rule rule) {
        PathPattern path = PathPatternParser.defaultInstance.parse(rule.path());
        if (has(rule.method(), path)) {
            throw UnruledRoute.twice(rule.method(), path);
        }
        at(path).orElseGet(() -> {
                    Entry entry = new Entry(path, new HashMap<>());
                    entries.add(entry);
                    return entry;
                })
                .audiences()
                .put(rule.method(), rule.audience());
    }

    private Audience audience(ServerHttpRequest request) {
        PathContainer path = request.getPath().pathWithinApplication();
        for (Entry entry : entries) {
            if (entry.path().matches(path)) {
                return entry.audiences().getOrDefault(request.getMethod(), NOBODY);
            }
        }
        return NOBODY;
    }

    private boolean has(HttpMethod method, PathPattern path) {
        return at(path).filter(entry -> entry.audiences().containsKey(method)).isPresent();
    }

    private Optional<Entry> at(PathPattern path) {
        return entries.stream().filter(entry -> entry.path().equals(path)).findFirst();
    }

    private record Entry(PathPattern path, Map<HttpMethod, Audience> audiences) {}
}

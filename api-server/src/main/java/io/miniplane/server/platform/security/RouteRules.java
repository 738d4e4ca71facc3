package io.miniplane.server.platform.security;

import io.miniplane.server.platform.ServedRoute;
import io.miniplane.server.platform.security.RouteAccess.Audience;
import io.miniplane.server.platform.security.RouteAccess.Rule;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The rules of all modules: of those that fit a request, the one with the most specific path counts, as in routing. */
final class RouteRules {

    private static final String ATTRIBUTE = RouteRules.class.getName();
    private static final Audience NOBODY = new RouteAccess.Nobody();

    private final Map<HttpMethod, List<Entry>> byMethod = new HashMap<>();

    /** @throws UnruledRoute when two rules are for the same method and path */
    RouteRules(List<RouteAccess> modules) {
        modules.stream().flatMap(module -> module.rules().stream()).forEach(this::add);
        byMethod.replaceAll((method, entries) -> entries.stream()
                .sorted(Comparator.comparing(Entry::path, PathPattern.SPECIFICITY_COMPARATOR))
                .toList());
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
        byMethod.merge(
                rule.method(),
                List.of(new Entry(path, rule.audience())),
                (before, added) ->
                        Stream.concat(before.stream(), added.stream()).toList());
    }

    private Audience audience(ServerHttpRequest request) {
        PathContainer path = request.getPath().pathWithinApplication();
        for (Entry entry : byMethod.getOrDefault(request.getMethod(), List.of())) {
            if (entry.path().matches(path)) {
                return entry.audience();
            }
        }
        return NOBODY;
    }

    private boolean has(HttpMethod method, PathPattern path) {
        return byMethod.getOrDefault(method, List.of()).stream()
                .anyMatch(entry -> entry.path().equals(path));
    }

    private record Entry(PathPattern path, Audience audience) {}
}

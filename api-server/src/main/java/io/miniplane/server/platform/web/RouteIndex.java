package io.miniplane.server.platform.web;

import io.miniplane.server.platform.ServedRoute;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.util.pattern.PathPattern;

/** Knows which methods each address takes, so that a wrong method is told apart from a wrong address. */
@Component
final class RouteIndex {

    private final SingletonSupplier<List<ServedRoute>> routes;

    RouteIndex(ObjectProvider<RouterFunction<?>> routers) {
        this.routes = SingletonSupplier.of(() -> ServedRoute.of(routers.orderedStream()));
    }

    /** The methods that the most specific route of the path takes, in alphabetical order; none where there is nothing at the path. */
    Set<String> methods(PathContainer path) {
        List<ServedRoute> fitting = Objects.requireNonNull(routes.get()).stream()
                .filter(route -> route.path().matches(path))
                .toList();
        Optional<PathPattern> best = fitting.stream().map(ServedRoute::path).min(PathPattern.SPECIFICITY_COMPARATOR);
        return fitting.stream()
                .filter(route -> best.filter(route.path()::equals).isPresent())
                .flatMap(route -> route.methods().stream())
                .map(HttpMethod::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

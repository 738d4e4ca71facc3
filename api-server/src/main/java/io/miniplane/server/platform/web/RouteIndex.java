package io.miniplane.server.platform.web;

import io.miniplane.server.platform.ServedRoute;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.server.RouterFunction;

/** Knows which methods each address takes, so that a wrong method is told apart from a wrong address. */
@Component
final class RouteIndex {

    private final SingletonSupplier<List<ServedRoute>> routes;

    RouteIndex(ObjectProvider<RouterFunction<?>> routers) {
        this.routes = SingletonSupplier.of(() -> ServedRoute.of(routers.orderedStream()));
    }

    /** The methods that the path takes, in alphabetical order; none where there is nothing at the path. */
    Set<String> methods(PathContainer path) {
        Set<String> methods = new TreeSet<>();
        for (ServedRoute route : Objects.requireNonNull(routes.get())) {
            if (route.path().matches(path)) {
                route.methods().forEach(method -> methods.add(method.name()));
            }
        }
        return methods;
    }
}

package io.miniplane.server.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * A route that a router function serves.
 *
 * @param path its path pattern
 * @param methods its methods; none where it takes any
 */
public record ServedRoute(PathPattern path, Set<HttpMethod> methods) {

    /** Keeps the methods as they are now. */
    public ServedRoute {
        methods = Set.copyOf(methods);
    }

    /** The routes of the given routers, in their order. */
    public static List<ServedRoute> of(Stream<RouterFunction<?>> routers) {
        Collector collector = new Collector();
        routers.forEach(router -> router.accept(collector));
        return List.copyOf(collector.routes);
    }

    /** Walks routes; nested path prefixes are joined. */
    private static final class Collector implements RouterFunctions.Visitor {

        private final List<ServedRoute> routes = new ArrayList<>();
        private final List<String> prefixes = new ArrayList<>();

        @Override
        public void startNested(RequestPredicate predicate) {
            prefixes.add(Facts.of(predicate).path);
        }

        @Override
        public void endNested(RequestPredicate predicate) {
            prefixes.removeLast();
        }

        @Override
        public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
            Facts facts = Facts.of(predicate);
            String path = String.join("", prefixes) + facts.path;
            routes.add(new ServedRoute(PathPatternParser.defaultInstance.parse(path), facts.methods));
        }

        @Override
        public void resources(Function<ServerRequest, Mono<Resource>> lookup) {}

        @Override
        public void attributes(Map<String, Object> attributes) {}

        @Override
        public void unknown(RouterFunction<?> router) {}
    }

    /** Path and methods of one predicate. */
    private static final class Facts implements RequestPredicates.Visitor {

        private String path = "";
        private Set<HttpMethod> methods = Set.of();

        static Facts of(RequestPredicate predicate) {
            Facts facts = new Facts();
            predicate.accept(facts);
            return facts;
        }

        @Override
        public void method(Set<HttpMethod> allowed) {
            methods = Set.copyOf(allowed);
        }

        @Override
        public void path(String pattern) {
            path = pattern;
        }

        @Override
        public void header(String name, String value) {}

        @Override
        public void version(String version) {}

        /** Still asked for by the interface. */
        @Override
        @Deprecated
        @SuppressWarnings("removal")
        public void pathExtension(String extension) {}

        @Override
        public void queryParam(String name, String value) {}

        @Override
        public void startAnd() {}

        @Override
        public void and() {}

        @Override
        public void endAnd() {}

        @Override
        public void startOr() {}

        @Override
        public void or() {}

        @Override
        public void endOr() {}

        @Override
        public void startNegate() {}

        @Override
        public void endNegate() {}

        @Override
        public void unknown(RequestPredicate predicate) {}
    }
}

package io.miniplane.server.gateway.web;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Hands to the engine what the entrance has told to go to the container; it comes behind the routes of this server. */
final class ProxyMapping extends RoutePredicateHandlerMapping {

    ProxyMapping(FilteringWebHandler handler, ProxiedRoutes routes, Environment environment) {
        super(
                handler,
                () -> Flux.fromIterable(routes.all()).map(ProxiedRoute::route),
                new GlobalCorsProperties(),
                environment);
    }

    @Override
    protected Mono<Route> lookupRoute(ServerWebExchange exchange) {
        @Nullable ProxiedRoute found = ProxiedRoute.of(exchange);
        if (found == null) {
            return Mono.empty();
        }
        ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .ifPresent(context -> context.setPathPattern(found.path().getPatternString()));
        return Mono.just(found.route());
    }
}

package io.miniplane.server.gateway.web;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.Caller;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is done once for a request that goes to the container: it is counted, held back where too many come, and told who calls. */
final class ProxySteps implements GlobalFilter, Ordered {

    private static final ErrorCode TOO_MANY_REQUESTS = new ErrorCode(42900);
    private static final ErrorCode NO_WEB_SOCKET = new ErrorCode(40320);

    private final URI upstream;
    private final Flights flights;
    private final CallerHeaders callers;
    private final UpstreamSpan spans;
    private final StillWelcome welcome;

    ProxySteps(URI upstream, Flights flights, CallerHeaders callers, UpstreamSpan spans, StillWelcome welcome) {
        this.upstream = upstream;
        this.flights = flights;
        this.callers = callers;
        this.spans = spans;
        this.welcome = welcome;
    }

    /** Outside of everything that the engine does. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ProxiedRoute route = Objects.requireNonNull(ProxiedRoute.of(exchange));
        Mono<Void> request = Mono.defer(() -> admitted(exchange, route, chain)).onErrorMap(UpstreamFailures::of);
        return flights.counted(spans.observed(exchange, route, request, ProxySteps::outcome));
    }

    private Mono<Void> admitted(ServerWebExchange exchange, ProxiedRoute route, GatewayFilterChain chain) {
        Duration wait = route.untilFree();
        if (!wait.isZero()) {
            return Mono.error(new Failure(TOO_MANY_REQUESTS, wait, null));
        }
        if (!route.settings().webSocket() && WebSocketPassage.isWanted(exchange)) {
            return Mono.error(new Failure(NO_WEB_SOCKET));
        }
        exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, target(exchange));
        return caller(route).flatMap(headers -> {
            UpstreamHeaders.tell(exchange, headers);
            boolean isOpen = route.settings().auth() == RouteSettings.Auth.NONE;
            return chain.filter(
                    isOpen
                            ? exchange
                            : exchange.mutate().response(leaving(exchange)).build());
        });
    }

    private Mono<Map<String, String>> caller(ProxiedRoute route) {
        Map<String, String> nobody = callers.ofNobody();
        return route.settings().auth() == RouteSettings.Auth.NONE
                ? Mono.just(nobody)
                : ReactiveSecurityContextHolder.getContext()
                        .mapNotNull(context -> context.getAuthentication())
                        .map(known -> (Caller) Objects.requireNonNull(known.getPrincipal()))
                        .flatMap(callers::of)
                        .defaultIfEmpty(nobody);
    }

    /** The container's address with the path and the query as they were sent; the chain has refused what two parsers read differently. */
    private URI target(ServerWebExchange exchange) {
        URI asked = exchange.getRequest().getURI();
        String query = asked.getRawQuery();
        return URI.create(upstream.getScheme() + "://" + upstream.getRawAuthority() + asked.getRawPath()
                + (query == null ? "" : "?" + query));
    }

    /** An event stream ends when its reader has no right to it any more. */
    private ServerHttpResponse leaving(ServerWebExchange exchange) {
        return new ServerHttpResponseDecorator(exchange.getResponse()) {
            @Override
            public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
                return super.writeAndFlushWith(Flux.from(body)
                        .takeUntilOther(welcome.over(exchange.getRequest().getHeaders())));
            }
        };
    }

    private static String outcome(Throwable error) {
        int code = error instanceof Failure failure ? failure.code().value() : 0;
        return switch (code) {
            case 42900 -> "limited";
            case 41300 -> "too_large";
            case 50220, 50221 -> "no_answer";
            case 50330 -> "left_alone";
            case 50331 -> "busy";
            case 50420 -> "too_late";
            default -> "error";
        };
    }
}

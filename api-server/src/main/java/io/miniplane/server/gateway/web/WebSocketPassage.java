package io.miniplane.server.gateway.web;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.client.WebSocketClient;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Joins a client's WebSocket with one of the container. The container is asked first, so that a client whom it refuses gets no WebSocket. When the token
 * of the client opens nothing any more, both ends are closed, the client's with 4401.
 */
final class WebSocketPassage implements GlobalFilter, Ordered {

    static final CloseStatus NO_LONGER_WELCOME = new CloseStatus(4401, "the token opens nothing any more");

    private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
    private static final String PREFIX = "sec-websocket-";
    private static final int FIRST_OF_APPLICATIONS = 3000;
    private static final int FIRST_BEYOND = 5000;
    private static final List<Integer> SENDABLE = List.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011);

    private final WebSocketClient client;
    private final WebSocketService service;
    private final UpstreamHeaders headers;
    private final StillWelcome welcome;

    WebSocketPassage(WebSocketClient client, WebSocketService service, UpstreamHeaders headers, StillWelcome welcome) {
        this.client = client;
        this.service = service;
        this.headers = headers;
        this.welcome = welcome;
    }

    /** Whether a request asks for a WebSocket. */
    static boolean isWanted(ServerWebExchange exchange) {
        return "websocket".equalsIgnoreCase(exchange.getRequest().getHeaders().getUpgrade());
    }

    /** Just before the client of everything else. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!isWanted(exchange)) {
            return chain.filter(exchange);
        }
        ServerWebExchangeUtils.setAlreadyRouted(exchange);
        URI asked = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
        URI url = URI.create(asked.toString().replaceFirst("^http", "ws"));
        HttpHeaders client = exchange.getRequest().getHeaders();
        return this.client.execute(url, passed(exchange, client), new Asking(exchange, protocols(client)));
    }

    private HttpHeaders passed(ServerWebExchange exchange, HttpHeaders client) {
        HttpHeaders all = headers.filter(client, exchange);
        HttpHeaders passed = new HttpHeaders();
        all.forEach((name, values) -> {
            if (!name.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
                passed.addAll(name, values);
            }
        });
        return passed;
    }

    private static List<String> protocols(HttpHeaders client) {
        return client.getOrEmpty(PROTOCOLS).stream()
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static CloseStatus sendable(CloseStatus status) {
        int code = status.getCode();
        return SENDABLE.contains(code) || (code >= FIRST_OF_APPLICATIONS && code < FIRST_BEYOND)
                ? status
                : CloseStatus.GOING_AWAY;
    }

    /** The container has agreed: now the client gets its WebSocket, with the protocol that the container chose. */
    private final class Asking implements WebSocketHandler {

        private final ServerWebExchange exchange;
        private final List<String> offered;

        Asking(ServerWebExchange exchange, List<String> offered) {
            this.exchange = exchange;
            this.offered = offered;
        }

        @Override
        public List<String> getSubProtocols() {
            return offered;
        }

        @Override
        public Mono<Void> handle(WebSocketSession container) {
            String chosen = container.getHandshakeInfo().getSubProtocol();
            List<String> protocols = new ArrayList<>();
            if (chosen != null) {
                protocols.add(chosen);
            }
            // The server's part ends with the handshake and its handler goes on by itself.
            Sinks.Empty<Void> over = Sinks.empty();
            return service.handleRequest(exchange, new Joined(container, protocols, exchange, over))
                    .then(over.asMono());
        }
    }

    /** Both ends are open. */
    private final class Joined implements WebSocketHandler {

        private final WebSocketSession container;
        private final List<String> protocols;
        private final ServerWebExchange exchange;
        private final Sinks.Empty<Void> over;

        Joined(WebSocketSession container, List<String> protocols, ServerWebExchange exchange, Sinks.Empty<Void> over) {
            this.container = container;
            this.protocols = protocols;
            this.exchange = exchange;
            this.over = over;
        }

        @Override
        public List<String> getSubProtocols() {
            return protocols;
        }

        @Override
        public Mono<Void> handle(WebSocketSession client) {
            Mono<Void> up = container.send(client.receive().doOnNext(WebSocketMessage::retain));
            Mono<Void> down = client.send(container.receive().doOnNext(WebSocketMessage::retain));
            Mono<Void> closeUp = client.closeStatus().flatMap(status -> container.close(sendable(status)));
            Mono<Void> closeDown = container.closeStatus().flatMap(status -> client.close(sendable(status)));
            Mono<Void> talk = Mono.when(up.then(closeUp), down.then(closeDown));
            return Mono.firstWithSignal(talk, leave(client)).doFinally(signal -> over.tryEmitEmpty());
        }

        private Mono<Void> leave(WebSocketSession client) {
            boolean isOpen =
                    Objects.requireNonNull(ProxiedRoute.of(exchange)).settings().auth() == RouteSettings.Auth.NONE;
            return isOpen
                    ? Mono.never()
                    : welcome.over(exchange.getRequest().getHeaders())
                            .flatMap(over ->
                                    client.close(NO_LONGER_WELCOME).then(container.close(CloseStatus.GOING_AWAY)));
        }
    }
}

package io.miniplane.server.gateway.web;

import io.miniplane.server.identity.CodeLogin;
import io.miniplane.server.identity.CodeLogin.Tokens;
import io.miniplane.server.platform.BodyLimit;
import io.miniplane.server.platform.ChainOrder;
import io.miniplane.server.platform.ClientOrigin;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Reason;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Tells what goes to the container, before it is asked who calls. Whoever brings a fresh code of {@code wx.login} in {@code X-WX-CODE} is logged in
 * here and gets the tokens in the headers of the answer, so that their client needs no call of its own for that.
 */
final class ProxyEntrance implements WebFilter, Ordered {

    static final String CODE = "X-WX-CODE";
    static final String TOKEN = "X-Miniplane-Token";
    static final String EXPIRES = "X-Miniplane-Token-Expires";
    static final String REFRESH = "X-Miniplane-Refresh-Token";

    private static final ErrorCode BAD_REQUEST = new ErrorCode(40000);

    /** The client collects the bodies of these before it sends them. */
    private static final List<HttpMethod> COLLECTED = List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

    private static final BodyLimit OF_COLLECTED = new BodyLimit(1024 * 1024);

    private final ProxiedRoutes routes;
    private final CodeLogin login;

    ProxyEntrance(ProxiedRoutes routes, CodeLogin login) {
        this.routes = routes;
        this.login = login;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        @Nullable ProxiedRoute route = routes.find(exchange.getRequest());
        if (route == null) {
            return chain.filter(exchange);
        }
        route.attachTo(exchange);
        limit(exchange, route).attachTo(exchange);
        List<String> codes = exchange.getRequest().getHeaders().getOrEmpty(CODE);
        return codes.isEmpty() || route.settings().auth() == RouteSettings.Auth.NONE
                ? chain.filter(exchange)
                : loggedIn(codes, exchange, chain);
    }

    @Override
    public int getOrder() {
        return ChainOrder.GATEWAY;
    }

    private static BodyLimit limit(ServerWebExchange exchange, ProxiedRoute route) {
        boolean collected = COLLECTED.contains(exchange.getRequest().getMethod())
                && route.bodyLimit().bytes() > OF_COLLECTED.bytes();
        return collected ? OF_COLLECTED : route.bodyLimit();
    }

    private Mono<Void> loggedIn(List<String> codes, ServerWebExchange exchange, WebFilterChain chain) {
        if (codes.size() > 1) {
            return Mono.error(new Failure(BAD_REQUEST, Reason.of("login-code-twice", CODE)));
        }
        String agent = exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT);
        return login.logIn(codes.getFirst(), ClientOrigin.of(exchange), Objects.requireNonNullElse(agent, ""))
                .flatMap(tokens -> chain.filter(with(tokens, exchange)));
    }

    private static ServerWebExchange with(Tokens tokens, ServerWebExchange exchange) {
        HttpHeaders answer = exchange.getResponse().getHeaders();
        answer.set(TOKEN, tokens.access());
        answer.set(EXPIRES, Long.toString(tokens.expires()));
        answer.set(REFRESH, tokens.refresh());
        return exchange.mutate()
                .request(request ->
                        request.headers(headers -> headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.access())))
                .build();
    }
}

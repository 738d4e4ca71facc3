package io.miniplane.server.gateway.web;

import io.miniplane.server.platform.ClientOrigin;
import io.miniplane.server.platform.RequestScheme;
import io.miniplane.server.platform.RequestTrace;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * The headers that the container gets: those of the client without what only this server may say, and what this server says. Nothing that a client
 * sends passes under a name that a container might read as one of ours, where {@code _} is read as {@code -} too.
 */
final class UpstreamHeaders implements HttpHeadersFilter {

    private static final String CALLER = UpstreamHeaders.class.getName();
    private static final String FORWARDED = "x-forwarded-";

    /** What holds for one connection alone (RFC 9110), and what this server sets itself. */
    private static final Set<String> DROPPED = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "expect",
            "host",
            "forwarded",
            "x-real-ip",
            "x-client-ip",
            "true-client-ip",
            "x-original-forwarded-for",
            "x-original-url",
            "x-rewrite-url",
            "x-http-method-override",
            "x-request-id",
            "traceparent",
            "tracestate",
            "baggage",
            "b3");

    private static final List<String> DROPPED_PREFIXES =
            List.of("x-wx-", "x-miniplane-", FORWARDED, "x-b3-", "x-http2-");

    /** What makes a container believe a body or a name is another when a header goes missing. */
    private static final Set<String> KEPT = Set.of("content-length", "content-type", "content-encoding");

    /** What is told of the caller. */
    static void tell(ServerWebExchange exchange, Map<String, String> caller) {
        exchange.getAttributes().put(CALLER, caller);
    }

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders output = new HttpHeaders();
        Set<String> listed = listed(exchange.getRequest().getHeaders());
        boolean isOpen =
                Objects.requireNonNull(ProxiedRoute.of(exchange)).settings().auth() == RouteSettings.Auth.NONE;
        input.forEach((name, values) -> {
            String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
            boolean isOurToken = plain.equals("authorization") && !isOpen;
            if (!isOurToken && passes(plain) && (!listed.contains(plain) || KEPT.contains(plain))) {
                output.addAll(name, values);
            }
        });
        addOwn(output, exchange);
        return output;
    }

    private static boolean passes(String plain) {
        return !DROPPED.contains(plain) && DROPPED_PREFIXES.stream().noneMatch(plain::startsWith);
    }

    /** The headers that the client says are for this connection alone. */
    private static Set<String> listed(HttpHeaders client) {
        List<String> connection = client.getOrEmpty(HttpHeaders.CONNECTION);
        if (connection.isEmpty()) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String list : connection) {
            for (String name : list.split(",", -1)) {
                names.add(name.strip().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        return names;
    }

    private static void addOwn(HttpHeaders output, ServerWebExchange exchange) {
        HttpHeaders client = exchange.getRequest().getHeaders();
        String address = ClientOrigin.of(exchange).address();
        output.set("X-Forwarded-For", address);
        output.set("X-Original-Forwarded-For", address);
        output.set("X-Forwarded-Proto", RequestScheme.of(exchange).value());
        @Nullable String host = client.getFirst(HttpHeaders.HOST);
        if (host != null) {
            output.set("X-Forwarded-Host", host);
        }
        @Nullable RequestTrace trace = RequestTrace.of(exchange);
        if (trace != null) {
            output.set("X-Request-Id", trace.requestId());
        }
        UpstreamSpan.of(exchange).ifPresent(span -> span.forEach(output::set));
        Map<String, String> caller = exchange.getAttributeOrDefault(CALLER, Map.of());
        caller.forEach(output::set);
    }
}

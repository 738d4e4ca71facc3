package io.miniplane.server.gateway.web;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends a request to the container. A connection that has lain idle for four seconds is not used again, for servers commonly close theirs after five. What
 * stays open for long, event streams and WebSockets, has connections of its own, so that it takes none from the others.
 */
final class UpstreamClient extends NettyRoutingFilter {

    private static final int CONNECT_MILLIS = 2000;
    private static final Duration IDLE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int WAITING_FOR_EACH = 2;
    private static final int LARGEST_HEAD = 64 * 1024;
    private static final List<HttpMethod> SAFE = List.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String EVENTS = "text/event-stream";

    private final HttpClient once;
    private final HttpClient repeating;
    private final HttpClient lasting;

    UpstreamClient(GatewaySettings.Pool pool, List<HttpHeadersFilter> headers) {
        this(pooled(pool), headers);
    }

    private UpstreamClient(HttpClient pooled, List<HttpHeadersFilter> headers) {
        super(pooled, listed(headers), new HttpClientProperties());
        this.repeating = pooled;
        this.once = pooled.disableRetry(true);
        this.lasting = lasting();
    }

    /** The connections of what stays open. */
    static HttpClient lasting() {
        return tuned(HttpClient.create(ConnectionProvider.newConnection()));
    }

    @Override
    protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
        String accept = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains(EVENTS)) {
            return lasting;
        }
        HttpMethod method = exchange.getRequest().getMethod();
        return SAFE.contains(method) ? repeating : once;
    }

    /** The engine adds to the list that it gets. */
    static ObjectProvider<List<HttpHeadersFilter>> listed(List<HttpHeadersFilter> headers) {
        return new ObjectProvider<>() {
            @Override
            public List<HttpHeadersFilter> getObject() {
                return new ArrayList<>(headers);
            }

            @Override
            public List<HttpHeadersFilter> getIfAvailable() {
                return getObject();
            }
        };
    }

    private static HttpClient pooled(GatewaySettings.Pool pool) {
        ConnectionProvider connections = ConnectionProvider.builder("gateway")
                .maxConnections(pool.maxConnections())
                .pendingAcquireMaxCount(pool.maxConnections() * WAITING_FOR_EACH)
                .pendingAcquireTimeout(PATIENCE)
                .maxIdleTime(IDLE)
                .lifo()
                .build();
        return tuned(HttpClient.create(connections));
    }

    private static HttpClient tuned(HttpClient client) {
        return client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .httpResponseDecoder(decoder -> decoder.maxHeaderSize(LARGEST_HEAD))
                .followRedirect(false);
    }
}

package io.miniplane.server.gateway.web;

import io.miniplane.server.platform.AppSettings;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** The port inside the pod. It is bound to 127.0.0.1 and to nothing else, whatever is configured. */
final class LocalServer implements SmartLifecycle {

    /** The containers of a pod share it; nothing outside reaches it. */
    static final String ADDRESS = "127.0.0.1";

    private static final Logger LOG = LogManager.getLogger(LocalServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(75);
    private static final String NO_TUNNEL =
            "{\"code\":40500,\"message\":\"This port makes no tunnels, for nothing could be"
                    + " added inside one: call http://api.weixin.qq.com and not https://\",\"data\":null}";

    private final HttpServer server;
    private final int wanted;
    private final boolean isNeeded;
    private volatile @Nullable DisposableServer running;

    LocalServer(int port, HttpHandler handler, AppSettings.Role role) {
        this.wanted = port;
        this.isNeeded = role != AppSettings.Role.TASK;
        ReactorHttpHandlerAdapter adapter = new ReactorHttpHandlerAdapter(handler);
        this.server = HttpServer.create()
                .host(ADDRESS)
                .port(port)
                .idleTimeout(IDLE)
                .handle((request, response) -> handle(request, response, adapter));
    }

    private static Publisher<Void> handle(
            HttpServerRequest request, HttpServerResponse response, ReactorHttpHandlerAdapter adapter) {
        return request.method().equals(HttpMethod.CONNECT) ? noTunnel(response) : adapter.apply(request, response);
    }

    private static Mono<Void> noTunnel(HttpServerResponse response) {
        return response.status(405)
                .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .header(HttpHeaderNames.CONNECTION, "close")
                .sendString(Mono.just(NO_TUNNEL))
                .then();
    }

    @Override
    public void start() {
        try {
            running = server.bindNow(PATIENCE);
        } catch (ChannelBindException taken) {
            throw new PortInUseException(wanted, taken);
        }
        LOG.info("The port for the container is {}", port());
    }

    @Override
    public void stop() {
        DisposableServer open = running;
        running = null;
        if (open != null) {
            open.disposeNow(PATIENCE);
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public boolean isAutoStartup() {
        return isNeeded;
    }

    /** Opens before events are handled and closes after that: who is told of an event may need it. */
    @Override
    public int getPhase() {
        return -1;
    }

    /**
     * The port that is open, 1 to 65535.
     *
     * @throws IllegalStateException before the start and after the stop
     */
    int port() {
        DisposableServer open = running;
        if (open == null) {
            throw new IllegalStateException("The port for the container is not open");
        }
        return open.port();
    }
}

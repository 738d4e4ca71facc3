package io.miniplane.server.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/** A team's container that remembers what reached it. The last segment of the path says how it answers. */
final class RecordingContainer implements AutoCloseable {

    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private final DisposableServer server;

    RecordingContainer() {
        this(0);
    }

    RecordingContainer(int port) {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .doOnConnection(connection -> channels.add(connection.channel()))
                .handle(this::answer)
                .bindNow();
    }

    /** A request as it came: every header with its own spelling. */
    record Arrived(String method, String uri, List<Map.Entry<String, String>> headers) {

        List<String> values(String name) {
            return headers.stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        String value(String name) {
            return values(name).size() == 1 ? values(name).getFirst() : "not there once: " + values(name);
        }
    }

    List<Arrived> arrived() {
        return List.copyOf(arrived);
    }

    Arrived last() {
        return arrived.getLast();
    }

    void forget() {
        arrived.clear();
    }

    /** How many of its streams were given up by the other side. */
    int closedStreams() {
        return closed.get();
    }

    /** How many bytes of bodies have come. */
    long received() {
        return received.get();
    }

    int port() {
        return server.port();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Ends it with the connections that it has, as it is when a container dies. */
    void kill() {
        server.disposeNow();
        channels.forEach(channel -> channel.close().syncUninterruptibly());
    }

    @Override
    public void close() {
        server.disposeNow();
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        HttpHeaders headers = request.requestHeaders();
        arrived.add(new Arrived(request.method().name(), request.uri(), headers.entries()));
        String path = request.uri().split("\\?", 2)[0];
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "slow" ->
                Mono.delay(Duration.ofSeconds(3))
                        .then(response.sendString(Mono.just("late")).then());
            case "ill" -> response.status(503).sendString(Mono.just("ill"));
            case "break" -> Mono.fromRunnable(() -> request.withConnection(connection -> connection.dispose()));
            case "events" -> events(response);
            case "trickle" ->
                response.header("Content-Type", "application/octet-stream")
                        .sendString(Flux.concat(
                                Mono.just("first"),
                                Mono.delay(Duration.ofSeconds(20)).map(late -> "second")));
            case "talk" -> response.sendWebsocket(RecordingContainer::echo);
            case "large" -> large(response);
            case "own" ->
                response.header("X-Miniplane-Token", "forged")
                        .header("X-Request-Id", "forged")
                        .header("X-Own", "yes")
                        .sendString(Mono.just("own"));
            default ->
                request.receive()
                        .doOnNext(piece -> received.addAndGet(piece.readableBytes()))
                        .then(Mono.defer(
                                () -> response.sendString(Mono.just("hello")).then()));
        };
    }

    private Publisher<Void> events(HttpServerResponse response) {
        return response.sse()
                .sendString(Flux.interval(Duration.ofMillis(50))
                        .map(tick -> "data: " + tick + "\n\n")
                        .doOnCancel(closed::incrementAndGet));
    }

    private static Publisher<Void> large(HttpServerResponse response) {
        byte[] piece = new byte[64 * 1024];
        return response.sendByteArray(Flux.range(0, 1600).map(number -> piece));
    }

    private static Publisher<Void> echo(WebsocketInbound in, WebsocketOutbound out) {
        return out.sendString(in.receive().asString().map(text -> "heard " + text));
    }
}

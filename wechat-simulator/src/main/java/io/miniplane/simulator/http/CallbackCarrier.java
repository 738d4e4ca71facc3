package io.miniplane.simulator.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** Carries what WeChat sends to the servers of apps and brings the answers, each within 5 seconds. */
public final class CallbackCarrier implements AutoCloseable {

    /** How long WeChat waits for an answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How many deliveries are under way at one time. */
    public static final int CONNECTIONS = 64;

    private final ConnectionProvider connections;
    private final HttpClient http;

    /** A carrier on these event loops; what it is called stands in metrics and thread dumps. */
    public CallbackCarrier(String name, LoopResources loops) {
        this.connections = ConnectionProvider.builder(name)
                .maxConnections(CONNECTIONS)
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(Duration.ofHours(1))
                .maxIdleTime(Duration.ofSeconds(2))
                .build();
        this.http = HttpClient.create(connections)
                .runOn(loops)
                .disableRetry(true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(PATIENCE.toMillis()))
                .responseTimeout(PATIENCE);
    }

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param body its text
     */
    public record Answer(int status, String body) {}

    /** Asks by GET. */
    public Mono<Answer> ask(URI uri) {
        return answer(http.get().uri(uri));
    }

    /** Posts a text with these headers. */
    public Mono<Answer> post(URI address, Map<String, String> headers, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return answer(http.headers(sent -> {
                    headers.forEach(sent::set);
                    sent.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
                })
                .post()
                .uri(address)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body))));
    }

    private static Mono<Answer> answer(HttpClient.ResponseReceiver<?> receiver) {
        return receiver.responseSingle((response, body) -> body.asString()
                .defaultIfEmpty("")
                .map(text -> new Answer(response.status().code(), text)));
    }

    /** What a person reads about a delivery that got no answer. */
    public static String sentence(Throwable failure) {
        return switch (failure) {
            case ReadTimeoutException late -> "No answer came within " + PATIENCE.toSeconds() + " seconds.";
            case TimeoutException late -> "No answer came within " + PATIENCE.toSeconds() + " seconds.";
            case ConnectException refused -> "Nothing listens at the address of the callback.";
            case UnknownHostException unknown -> "The host of the callback is unknown.";
            case PrematureCloseException closed -> "The connection was closed before an answer came.";
            default -> "The delivery failed: " + failure.getMessage();
        };
    }

    @Override
    public void close() {
        connections.dispose();
    }
}

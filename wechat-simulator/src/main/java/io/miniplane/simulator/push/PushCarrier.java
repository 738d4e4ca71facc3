package io.miniplane.simulator.push;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** Carries letters to callbacks and brings the answers, each within 5 seconds. */
final class PushCarrier implements AutoCloseable {

    /** How long WeChat waits for an answer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How many deliveries are under way at one time. */
    static final int CONNECTIONS = 64;

    private final ConnectionProvider connections = ConnectionProvider.builder("wechat-push")
            .maxConnections(CONNECTIONS)
            .pendingAcquireMaxCount(-1)
            .pendingAcquireTimeout(Duration.ofHours(1))
            .maxIdleTime(Duration.ofSeconds(2))
            .build();
    private final HttpClient http;

    PushCarrier(LoopResources loops) {
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
    record Answer(int status, String body) {}

    Mono<Answer> ask(URI uri) {
        return answer(http.get().uri(uri));
    }

    Mono<Answer> carry(PushLetter letter, URI address) {
        byte[] body = letter.body().getBytes(StandardCharsets.UTF_8);
        return answer(http.headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, letter.contentType())
                        .set(HttpHeaderNames.CONTENT_LENGTH, body.length))
                .post()
                .uri(PushLetter.uri(address, letter.query()))
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body))));
    }

    private static Mono<Answer> answer(HttpClient.ResponseReceiver<?> receiver) {
        return receiver.responseSingle((response, body) -> body.asString()
                .defaultIfEmpty("")
                .map(text -> new Answer(response.status().code(), text)));
    }

    /** What a person reads about a delivery that got no answer. */
    static String sentence(Throwable failure) {
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

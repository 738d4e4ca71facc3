package io.miniplane.server.gateway.web;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A request of which it is noted when the last piece of its body went on, so that a long upload is no silent container. */
final class Sending extends ServerHttpRequestDecorator {

    /** Set on an exchange whose answer came too late. */
    static final String LATE = Sending.class.getName() + ".late";

    private volatile long lastPiece = System.nanoTime();
    private volatile boolean begun;

    Sending(ServerHttpRequest request) {
        super(request);
    }

    /** Whether a piece of the body has gone on. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return super.getBody().doOnNext(piece -> {
            begun = true;
            lastPiece = System.nanoTime();
        });
    }

    /** The same answer, or a {@link TimeoutException} when nothing has moved for so long. */
    static Mono<Void> untilSilent(Mono<Void> answer, Sending sending, ServerWebExchange exchange, Duration longest) {
        Mono<Void> silence = Mono.defer(() -> sending.silence(exchange, longest));
        return Mono.firstWithSignal(answer, silence);
    }

    private Mono<Void> silence(ServerWebExchange exchange, Duration longest) {
        return Mono.defer(() -> {
                    long left = longest.toNanos() - (System.nanoTime() - lastPiece);
                    return left > 0 ? Mono.delay(Duration.ofNanos(left)).map(late -> false) : Mono.just(true);
                })
                .repeat()
                .filter(Boolean::booleanValue)
                .next()
                .flatMap(late -> {
                    exchange.getAttributes().put(LATE, true);
                    return Mono.error(new TimeoutException("The container has not answered in time"));
                });
    }
}

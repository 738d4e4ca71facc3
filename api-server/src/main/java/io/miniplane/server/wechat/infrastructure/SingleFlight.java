package io.miniplane.server.wechat.infrastructure;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Lets everybody who wants the same work at the same time share one run of it. Who stops waiting does not stop the run,
 * so the work has to end by itself.
 */
final class SingleFlight<T> {

    private final Mono<T> work;
    private final AtomicReference<@Nullable Mono<T>> running = new AtomicReference<>();

    SingleFlight(Mono<T> work) {
        this.work = work;
    }

    /** The result of the run that is under way, or of a new one. */
    Mono<T> join() {
        return Mono.defer(() -> {
            Mono<T> fresh = work.doFinally(signal -> running.set(null)).cache();
            Mono<T> other = running.compareAndExchange(null, fresh);
            return other == null ? fresh : other;
        });
    }
}

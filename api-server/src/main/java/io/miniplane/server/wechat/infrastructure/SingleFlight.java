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
    private final AtomicReference<@Nullable Flight> underWay = new AtomicReference<>();

    SingleFlight(Mono<T> work) {
        this.work = work;
    }

    /** The result of the run that is under way, or of a new one. */
    Mono<T> join() {
        return Mono.defer(() -> {
            Flight fresh = new Flight();
            Flight other = underWay.compareAndExchange(null, fresh);
            return other == null ? fresh.result : other.result;
        });
    }

    /** One run. It is over before anybody learns its result, so that nobody who acts on it can join it again. */
    private final class Flight {

        private final Mono<T> result =
                work.doOnNext(value -> land()).doOnTerminate(this::land).cache();

        private void land() {
            underWay.compareAndSet(this, null);
        }
    }
}

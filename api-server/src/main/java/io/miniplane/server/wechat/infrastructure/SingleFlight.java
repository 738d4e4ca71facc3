package io.miniplane.server.wechat.infrastructure;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Lets everybody who wants the same work at the same time share one run of it. Who stops waiting does not stop the run,
 * so the work has to end by itself.
 */
final class SingleFlight<T> {

    private final Mono<T> work;
    private @Nullable Flight underWay;

    SingleFlight(Mono<T> work) {
        this.work = work;
    }

    /**
     * The result of the run that is under way, or of a new one.
     *
     * @param there what makes a run needless; it is looked at when no run can end meanwhile, so that who comes a moment
     *     after a run has ended finds its result there
     */
    Mono<T> join(Supplier<Optional<T>> there) {
        return Mono.defer(() -> board(there));
    }

    /** Whether a run has begun that is not over. */
    synchronized boolean isUnderWay() {
        return underWay != null;
    }

    private synchronized Mono<T> board(Supplier<Optional<T>> there) {
        Optional<T> needless = there.get();
        if (needless.isPresent()) {
            return Mono.just(needless.get());
        }
        Flight flight = underWay;
        if (flight == null) {
            flight = new Flight();
            underWay = flight;
        }
        return flight.result;
    }

    private synchronized void land(Flight flight) {
        if (underWay == flight) {
            underWay = null;
        }
    }

    /** One run. It is over before anybody learns its result, so that nobody who acts on it can join it again. */
    private final class Flight {

        private final Mono<T> result = work.doOnNext(value -> land(this))
                .doOnTerminate(() -> land(this))
                .cache();
    }
}

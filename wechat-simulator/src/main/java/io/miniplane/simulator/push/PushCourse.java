package io.miniplane.simulator.push;

import io.miniplane.simulator.http.CallbackCarrier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The course of one push: deliveries until one is accepted or none is left, then the duplicates. */
final class PushCourse {

    private final PushOrder order;
    private final Pushes.Route route;
    private final InstantSource clock;
    private final PushLog log;
    private final PushReader reader;
    private Push push;
    private @Nullable PushLetter first;

    PushCourse(PushOrder order, Pushes.Route route, InstantSource clock, PushLog log) {
        this.order = order;
        this.route = route;
        this.clock = clock;
        this.log = log;
        this.reader = new PushReader(order.appId(), route.callback());
        this.push = log.begin(order, clock.instant());
    }

    Mono<Push> run() {
        return deliver(1).flatMap(this::goOn).map(last -> {
            note(push.ended());
            return push;
        });
    }

    private Mono<Delivery> goOn(Delivery delivery) {
        note(push.with(delivery));
        int next = delivery.number() + 1;
        if (delivery.accepted()) {
            return duplicates(next);
        }
        return next > route.callback().deliveries()
                ? Mono.just(delivery)
                : route.pause().then(Mono.defer(() -> deliver(next))).flatMap(this::goOn);
    }

    private Mono<Delivery> duplicates(int from) {
        return Flux.range(from, order.duplicates())
                .concatMap(this::deliver)
                .doOnNext(delivery -> note(push.with(delivery)))
                .last(push.deliveries().getLast());
    }

    private Mono<Delivery> deliver(int number) {
        return Mono.defer(() -> {
            Instant at = clock.instant();
            long start = System.nanoTime();
            return route.carry(letter(at))
                    .map(answer -> reader.acknowledgement(answer.status(), answer.body())
                            .map(said -> Delivery.answered(number, at, since(start), answer.status(), said, true))
                            .orElseGet(() ->
                                    Delivery.answered(number, at, since(start), answer.status(), answer.body(), false)))
                    .onErrorResume(failure ->
                            Mono.just(Delivery.failed(number, at, since(start), CallbackCarrier.sentence(failure))));
        });
    }

    private PushLetter letter(Instant now) {
        if (first == null || !order.verbatim()) {
            first = new PushWriter(order.appId(), route.callback()).write(order, now);
        }
        return first;
    }

    private void note(Push changed) {
        push = changed;
        log.change(changed.id(), known -> changed);
    }

    private static long since(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}

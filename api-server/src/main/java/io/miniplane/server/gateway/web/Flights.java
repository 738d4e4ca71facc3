package io.miniplane.server.gateway.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.Drain;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts the requests that are with the container, so that it is not stopped under them. */
final class Flights implements Drain {

    private static final Duration LOOK = Duration.ofMillis(50);

    private final Duration quiet;
    private final Duration longest;
    private final AtomicLong underWay = new AtomicLong();
    private volatile long lastCame = System.nanoTime();

    Flights(GatewaySettings.DrainTimes times, MeterRegistry meters) {
        this.quiet = times.quiet();
        this.longest = times.longest();
        Gauge.builder("miniplane.gateway.in.flight", underWay, AtomicLong::get)
                .description("Requests, WebSockets and event streams that are with the container")
                .register(meters);
    }

    /** The same request, counted while it is under way. */
    Mono<Void> counted(Mono<Void> request) {
        return Mono.defer(() -> {
            lastCame = System.nanoTime();
            underWay.incrementAndGet();
            return request.doFinally(signal -> underWay.decrementAndGet());
        });
    }

    @Override
    public Mono<Void> drained() {
        return Mono.defer(() -> {
            long asked = System.nanoTime();
            return Flux.interval(Duration.ZERO, LOOK)
                    .filter(look -> isQuiet(asked))
                    .next()
                    .timeout(longest, Mono.empty())
                    .then();
        });
    }

    private boolean isQuiet(long asked) {
        long now = System.nanoTime();
        long since = Math.max(lastCame, asked);
        return underWay.get() == 0 && now - since >= quiet.toNanos();
    }
}

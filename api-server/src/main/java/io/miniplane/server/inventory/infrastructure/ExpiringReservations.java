package io.miniplane.server.inventory.infrastructure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Returns to the stock what was reserved for too long, within a minute of its time; runs where work is done. */
final class ExpiringReservations implements SmartLifecycle {

    private static final Logger LOG = LogManager.getLogger(ExpiringReservations.class);
    private static final int AT_ONCE = 200;

    private final PostgresInventory inventory;
    private final Counter expired;
    private final Duration interval;
    private final boolean works;
    private volatile @Nullable Disposable running;

    ExpiringReservations(PostgresInventory inventory, MeterRegistry meters, Duration interval, boolean works) {
        this.inventory = inventory;
        this.expired = Counter.builder("miniplane.reservations.expired")
                .description("Reservations that were neither sold nor given back within their time")
                .register(meters);
        this.interval = interval;
        this.works = works;
    }

    @Override
    public boolean isAutoStartup() {
        return works;
    }

    @Override
    public void start() {
        running = works
                ? Mono.defer(this::expire)
                        .doOnError(cause -> LOG.warn("Reservations stay longer than their time: {}", cause.toString()))
                        .onErrorComplete()
                        .repeatWhen(done -> done.delayElements(interval))
                        .subscribe()
                : () -> {};
    }

    @Override
    public void stop() {
        Disposable task = running;
        running = null;
        if (task != null) {
            task.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    private Mono<Void> expire() {
        return inventory
                .expire(AT_ONCE)
                .doOnNext(this::note)
                .repeat()
                .takeUntil(count -> count < AT_ONCE)
                .then();
    }

    private void note(int count) {
        if (count > 0) {
            expired.increment(count);
            LOG.warn(
                    "{} reservations were neither sold nor given back in their time: their goods are in the stock again",
                    count);
        }
    }
}

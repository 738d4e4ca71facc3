package io.miniplane.server.inventory.infrastructure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.RecurringWork;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import reactor.core.publisher.Mono;

/** Returns to the stock what was reserved for too long, within a minute of its time; runs where work is done. */
final class ExpiringReservations extends RecurringWork {

    private static final Logger LOG = LogManager.getLogger(ExpiringReservations.class);
    private static final int AT_ONCE = 200;

    private final PostgresInventory inventory;
    private final Counter expired;

    ExpiringReservations(PostgresInventory inventory, MeterRegistry meters, Duration interval, boolean works) {
        super("Returning reservations to the stock", interval, works);
        this.inventory = inventory;
        this.expired = Counter.builder("miniplane.reservations.expired")
                .description("Reservations that were neither sold nor given back within their time")
                .register(meters);
    }

    @Override
    protected Mono<Boolean> round() {
        return inventory.expire(AT_ONCE).doOnNext(this::note).map(count -> count == AT_ONCE);
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

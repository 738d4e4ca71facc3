package io.miniplane.server.platform.events;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Tells a relay that the outbox was written: the one of this process if there is one, else those of the others by a notification. A burst of
 * writings is told once, because PostgreSQL lets only one notifying transaction commit at a time.
 */
final class Wakes {

    /** The channel; an empty payload is about the outbox, any other names a queue. */
    static final String CHANNEL = "miniplane_events";

    private static final Duration GATHERED = Duration.ofMillis(10);

    private final DatabaseClient database;
    private final AtomicBoolean isUnderWay = new AtomicBoolean();
    private volatile @Nullable Runnable relay;

    Wakes(DatabaseClient database) {
        this.database = database;
    }

    /** From now on the relay of this process is told; null when it has stopped. */
    void relayIs(@Nullable Runnable wake) {
        relay = wake;
    }

    void outboxWritten() {
        Runnable here = relay;
        if (here != null) {
            here.run();
        } else if (isUnderWay.compareAndSet(false, true)) {
            Mono.delay(GATHERED)
                    .doOnNext(now -> isUnderWay.set(false))
                    .then(database.sql("SELECT pg_notify('" + CHANNEL + "', '')")
                            .then())
                    .onErrorComplete()
                    .subscribe();
        }
    }
}

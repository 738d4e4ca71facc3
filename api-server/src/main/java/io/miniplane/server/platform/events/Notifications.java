package io.miniplane.server.platform.events;

import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Hears PostgreSQL's notifications over one connection of its own; while it cannot, everybody lives by looking. */
final class Notifications {

    private static final Logger LOG = LogManager.getLogger(Notifications.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ConnectionFactory factory;
    private final Consumer<String> told;
    private volatile @Nullable Disposable hearing;

    /** @param told takes the payloads */
    Notifications(ConnectionFactory factory, Consumer<String> told) {
        this.factory = factory;
        this.told = told;
    }

    void start() {
        hearing = Flux.usingWhen(factory.create(), this::listen, Connection::close)
                .doOnNext(notification -> told.accept(notification.getParameter()))
                .concatWith(Mono.error(() -> new IllegalStateException("the connection was closed")))
                .doOnError(lost -> LOG.debug("No notifications until the database is there again: {}", lost.toString()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .transientErrors(true))
                .subscribe();
    }

    void stop() {
        Disposable running = hearing;
        if (running != null) {
            running.dispose();
        }
    }

    private Flux<Notification> listen(Connection connection) {
        if (!(connection instanceof PostgresqlConnection postgres)) {
            return Flux.error(new IllegalStateException("only PostgreSQL notifies"));
        }
        return postgres.createStatement("LISTEN " + Wakes.CHANNEL)
                .execute()
                .flatMap(result -> result.getRowsUpdated())
                .thenMany(postgres.getNotifications());
    }
}

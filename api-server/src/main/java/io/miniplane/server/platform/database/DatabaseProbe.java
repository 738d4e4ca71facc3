package io.miniplane.server.platform.database;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Mono;

/**
 * Tells whether the database answers. It asks over one connection of its own, so that a pool that is merely busy never looks like a database
 * that is gone.
 */
public final class DatabaseProbe implements DisposableBean {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ConnectionPool connection;

    DatabaseProbe(ConnectionFactory factory) {
        this.connection = new ConnectionPool(ConnectionPoolConfiguration.builder(factory)
                .name("probe")
                .initialSize(0)
                .minIdle(0)
                .maxSize(1)
                .acquireRetry(0)
                .maxAcquireTime(PATIENCE)
                .build());
    }

    /** True when the database answered within two seconds; never an error. */
    public Mono<Boolean> answers() {
        return Mono.usingWhen(connection.create(), DatabaseProbe::validate, Connection::close)
                .timeout(PATIENCE)
                .onErrorReturn(false);
    }

    private static Mono<Boolean> validate(Connection connection) {
        return Mono.from(connection.validate(ValidationDepth.REMOTE));
    }

    @Override
    public void destroy() {
        connection.dispose();
    }
}

package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.OpenIds;
import io.miniplane.server.platform.security.UserId;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Openids out of the users table. */
@Component
final class PostgresOpenIds implements OpenIds {

    private static final String FIND = "SELECT openid FROM users WHERE id = $1 AND deleted_at IS NULL";

    private final DatabaseClient database;

    PostgresOpenIds(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<String> of(UserId user) {
        return database.sql(FIND).bind(0, user.value()).mapValue(String.class).one();
    }
}

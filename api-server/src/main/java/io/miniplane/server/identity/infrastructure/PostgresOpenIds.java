package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.application.OpenIds;
import io.miniplane.server.platform.security.UserId;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Looks openids up in PostgreSQL. */
record PostgresOpenIds(DatabaseClient database) implements OpenIds {

    private static final String FIND = "SELECT id FROM users WHERE openid = $1 AND deleted_at IS NULL";

    @Override
    public Mono<UserId> find(String openId) {
        return database.sql(FIND)
                .bind(0, openId)
                .map(row -> new UserId(row.get("id", UUID.class)))
                .one();
    }
}

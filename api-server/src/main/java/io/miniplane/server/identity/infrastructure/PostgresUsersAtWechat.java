package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.UsersAtWechat;
import io.miniplane.server.platform.security.UserId;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Looks openids of users up in PostgreSQL. */
@Component
record PostgresUsersAtWechat(DatabaseClient database) implements UsersAtWechat {

    private static final String FIND = "SELECT openid FROM users WHERE id = $1 AND deleted_at IS NULL";

    @Override
    public Mono<String> openId(UserId user) {
        return database.sql(FIND).bind(0, user.value()).mapValue(String.class).one();
    }
}

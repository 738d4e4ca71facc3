package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.UsersAtWechat;
import io.miniplane.server.identity.application.Users;
import io.miniplane.server.identity.domain.User;
import io.miniplane.server.platform.security.UserId;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Looks up in PostgreSQL what WeChat is told of users. */
@Component
record PostgresUsersAtWechat(DatabaseClient database, Users users) implements UsersAtWechat {

    private static final String FIND = "SELECT openid FROM users WHERE id = $1 AND deleted_at IS NULL";

    @Override
    public Mono<String> openId(UserId user) {
        return database.sql(FIND).bind(0, user.value()).mapValue(String.class).one();
    }

    @Override
    public Mono<String> maskedPhone(UserId user) {
        return users.find(user)
                .mapNotNull(User::phone)
                .map(bound -> bound.phone().masked());
    }
}

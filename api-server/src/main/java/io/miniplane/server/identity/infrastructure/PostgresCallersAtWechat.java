package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.CallersAtWechat;
import io.miniplane.server.platform.security.UserId;
import io.r2dbc.spi.Readable;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Looks up in PostgreSQL by which names WeChat knows users. */
@Component
record PostgresCallersAtWechat(DatabaseClient database) implements CallersAtWechat {

    private static final String FIND = "SELECT openid, unionid FROM users WHERE id = $1 AND deleted_at IS NULL";

    @Override
    public Mono<Names> names(UserId user) {
        return database.sql(FIND)
                .bind(0, user.value())
                .map(PostgresCallersAtWechat::read)
                .one();
    }

    private static Names read(Readable row) {
        return new Names(Objects.requireNonNull(row.get("openid", String.class)), row.get("unionid", String.class));
    }
}

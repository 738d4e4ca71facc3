package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.application.Users;
import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.identity.domain.User;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.crypto.FieldLocation;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Users in PostgreSQL, their personal fields encrypted. */
final class PostgresUsers implements Users {

    private static final String NICKNAME = "nickname";
    private static final String AVATAR_URL = "avatar_url";
    private static final String LANGUAGE = "language";

    private static final String FIND =
            "SELECT nickname, avatar_url, language, created_at FROM users WHERE id = $1 AND deleted_at IS NULL";

    private static final String REPLACE_PROFILE = """
            UPDATE users SET nickname = :nickname, avatar_url = :avatar_url, language = :language
            WHERE id = :id AND deleted_at IS NULL
            RETURNING created_at
            """;

    private static final String END_SESSIONS = """
            UPDATE sessions SET ended_at = now(), end_reason = 'ACCOUNT_DELETED', session_key = NULL
            WHERE user_id = :id AND ended_at IS NULL
            RETURNING id
            """;

    private static final String DELETE = """
            WITH deleted AS (
                UPDATE users SET deleted_at = now(), openid = NULL, unionid = NULL,
                    nickname = NULL, avatar_url = NULL, language = NULL,
                    phone = NULL, phone_index = NULL, phone_bound_at = NULL, profile_verified_at = NULL
                WHERE id = :id AND deleted_at IS NULL
            )
            """ + END_SESSIONS;

    private final DatabaseClient database;
    private final FieldCipher cipher;

    PostgresUsers(DatabaseClient database, FieldCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    @Override
    public Mono<User> find(UserId id) {
        return database.sql(FIND)
                .bind(0, id.value())
                .map(row -> new User(id, profile(id, row), row.get("created_at", Instant.class)))
                .one();
    }

    @Override
    public Mono<User> replaceProfile(UserId id, Profile profile) {
        return database.sql(REPLACE_PROFILE)
                .bind("id", id.value())
                .bind(NICKNAME, encrypted(id, NICKNAME, profile.nickname()))
                .bind(AVATAR_URL, encrypted(id, AVATAR_URL, profile.avatarUrl()))
                .bind(LANGUAGE, Parameters.in(R2dbcType.VARCHAR, profile.language()))
                .map(row -> new User(id, profile, row.get("created_at", Instant.class)))
                .one();
    }

    /** The second statement catches a login that was under way: the first one's snapshot does not show the session it opened. */
    @Override
    public Flux<SessionId> delete(UserId id) {
        return sessions(DELETE, id).concatWith(sessions(END_SESSIONS, id));
    }

    private Flux<SessionId> sessions(String statement, UserId user) {
        return database.sql(statement)
                .bind("id", user.value())
                .map(row -> new SessionId(row.get("id", UUID.class)))
                .all();
    }

    private Profile profile(UserId id, Readable row) {
        return new Profile(
                decrypted(id, NICKNAME, row), decrypted(id, AVATAR_URL, row), row.get(LANGUAGE, String.class));
    }

    private Parameter encrypted(UserId id, String column, @Nullable String value) {
        byte @Nullable [] ciphertext = value == null ? null : cipher.encrypt(at(id, column), value);
        return Parameters.in(R2dbcType.VARBINARY, ciphertext);
    }

    private @Nullable String decrypted(UserId id, String column, Readable row) {
        byte[] ciphertext = row.get(column, byte[].class);
        return ciphertext == null ? null : cipher.decrypt(at(id, column), ciphertext);
    }

    private static FieldLocation at(UserId id, String column) {
        return new FieldLocation("users", column, id.value());
    }
}

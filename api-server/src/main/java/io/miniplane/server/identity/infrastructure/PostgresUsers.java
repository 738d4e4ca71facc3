package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.UserDeleted;
import io.miniplane.server.identity.application.Users;
import io.miniplane.server.identity.domain.BoundPhone;
import io.miniplane.server.identity.domain.Phone;
import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.identity.domain.User;
import io.miniplane.server.platform.crypto.BlindIndex;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.crypto.FieldLocation;
import io.miniplane.server.platform.events.Outbox;
import io.miniplane.server.platform.events.Traceparent;
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
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Users in PostgreSQL, their personal fields encrypted. */
final class PostgresUsers implements Users {

    private static final String NICKNAME = "nickname";
    private static final String AVATAR_URL = "avatar_url";
    private static final String LANGUAGE = "language";
    private static final String PHONE = "phone";

    private static final String COLUMNS =
            "nickname, avatar_url, language, phone, phone_bound_at, profile_verified_at, created_at";

    private static final String FIND = "SELECT " + COLUMNS + " FROM users WHERE id = $1 AND deleted_at IS NULL";

    private static final String LIVE = " WHERE id = :id AND deleted_at IS NULL RETURNING " + COLUMNS;

    private static final String REPLACE_PROFILE = """
            UPDATE users SET nickname = :nickname, avatar_url = :avatar_url, language = :language,
                profile_verified_at = NULL
            """ + LIVE;

    private static final String VERIFY_PROFILE = """
            UPDATE users SET nickname = :nickname, avatar_url = :avatar_url, language = :language,
                profile_verified_at = now(), unionid = coalesce(:unionid, unionid)
            """ + LIVE;

    private static final String BIND_PHONE =
            "UPDATE users SET phone = :phone, phone_index = :phone_index, phone_bound_at = now()" + LIVE;

    private static final String UNBIND_PHONE =
            "UPDATE users SET phone = NULL, phone_index = NULL, phone_bound_at = NULL" + LIVE;

    // The user's row is locked before their sessions, as in every statement that ends several: else two of them might
    // wait for each other.
    static final String END_SESSIONS = """
            UPDATE sessions SET ended_at = now(), end_reason = 'ACCOUNT_DELETED', session_key = NULL, client = NULL
            FROM account WHERE user_id = account.id AND ended_at IS NULL
            RETURNING sessions.id
            """;

    private static final String SHRED = """
            UPDATE users SET deleted_at = now(), openid = NULL, unionid = NULL,
                nickname = NULL, avatar_url = NULL, language = NULL,
                phone = NULL, phone_index = NULL, phone_bound_at = NULL, profile_verified_at = NULL
            WHERE id = :id AND deleted_at IS NULL
            RETURNING id
            """;

    /** The account that was shredded, and the event that tells others. */
    static final String SHRED_AND_TELL =
            "account AS (" + SHRED + "), told AS (" + Outbox.INSERT + " WHERE EXISTS (SELECT FROM account)) ";

    private static final String DELETE = "WITH " + SHRED_AND_TELL + END_SESSIONS;

    private static final String END_THE_REST =
            "WITH account AS (SELECT id FROM users WHERE id = :id FOR NO KEY UPDATE) " + END_SESSIONS;

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final BlindIndex index;
    private final Outbox outbox;

    PostgresUsers(DatabaseClient database, FieldCipher cipher, BlindIndex index, Outbox outbox) {
        this.database = database;
        this.cipher = cipher;
        this.index = index;
        this.outbox = outbox;
    }

    @Override
    public Mono<User> find(UserId id) {
        return database.sql(FIND).bind(0, id.value()).map(row -> user(id, row)).one();
    }

    @Override
    public Mono<User> replaceProfile(UserId id, Profile profile) {
        return user(id, withProfile(REPLACE_PROFILE, id, profile));
    }

    @Override
    public Mono<User> verifyProfile(UserId id, Profile profile, @Nullable String unionId) {
        return user(
                id,
                withProfile(VERIFY_PROFILE, id, profile).bind("unionid", Parameters.in(R2dbcType.VARCHAR, unionId)));
    }

    @Override
    public Mono<User> bindPhone(UserId id, Phone phone) {
        return user(
                id,
                database.sql(BIND_PHONE)
                        .bind("phone", encrypted(id, PHONE, phone.text()))
                        .bind("phone_index", index.of("users", PHONE, phone.text())));
    }

    @Override
    public Mono<User> unbindPhone(UserId id) {
        return user(id, database.sql(UNBIND_PHONE));
    }

    /** The second statement catches a login that was under way: the first one's snapshot does not show the session it opened. */
    @Override
    public Flux<SessionId> delete(UserId id) {
        return shred(id).concatWith(sessions(database.sql(END_THE_REST), id));
    }

    private Flux<SessionId> shred(UserId id) {
        return Flux.deferContextual(context -> sessions(
                        outbox.bind(
                                database.sql(DELETE),
                                new UserDeleted(id).event().within(Traceparent.of(context))),
                        id))
                .doOnComplete(outbox::wake);
    }

    private static Flux<SessionId> sessions(GenericExecuteSpec statement, UserId user) {
        return statement
                .bind("id", user.value())
                .map(row -> new SessionId(row.get("id", UUID.class)))
                .all();
    }

    private GenericExecuteSpec withProfile(String statement, UserId id, Profile profile) {
        return database.sql(statement)
                .bind(NICKNAME, encrypted(id, NICKNAME, profile.nickname()))
                .bind(AVATAR_URL, encrypted(id, AVATAR_URL, profile.avatarUrl()))
                .bind(LANGUAGE, Parameters.in(R2dbcType.VARCHAR, profile.language()));
    }

    private Mono<User> user(UserId id, GenericExecuteSpec statement) {
        return statement.bind("id", id.value()).map(row -> user(id, row)).one();
    }

    private User user(UserId id, Readable row) {
        return new User(
                id,
                profile(id, row),
                row.get("profile_verified_at", Instant.class),
                phone(id, row),
                row.get("created_at", Instant.class));
    }

    private @Nullable BoundPhone phone(UserId id, Readable row) {
        String text = decrypted(id, PHONE, row);
        return text == null ? null : new BoundPhone(Phone.parse(text), row.get("phone_bound_at", Instant.class));
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

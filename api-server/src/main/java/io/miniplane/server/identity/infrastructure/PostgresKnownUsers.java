package io.miniplane.server.identity.infrastructure;

import static io.miniplane.server.platform.audit.AuditRow.insert;

import io.miniplane.server.identity.UserDeleted;
import io.miniplane.server.identity.application.KnownUsers;
import io.miniplane.server.identity.domain.KnownUser;
import io.miniplane.server.identity.domain.Phone;
import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.platform.audit.AuditRow;
import io.miniplane.server.platform.audit.StaffAccess;
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
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Users in PostgreSQL as staff deals with them; each statement writes its row of the audit log too. */
final class PostgresKnownUsers implements KnownUsers {

    private static final String NICKNAME = "nickname";
    private static final String AVATAR_URL = "avatar_url";
    private static final String PHONE = "phone";

    private static final String COLUMNS = "id, openid, unionid, nickname, avatar_url, language, profile_verified_at, "
            + "phone, created_at, last_login_at, deleted_at, version";

    private static final String THIS_USER = "ARRAY[:id]::uuid[]";

    private static final String FIND = "WITH found AS (SELECT " + COLUMNS + " FROM users WHERE id = :id), audited AS ("
            + insert(THIS_USER) + ") SELECT found.* FROM found, audited";

    private static final String ADD = "WITH made AS (INSERT INTO users "
            + "(id, openid, unionid, nickname, avatar_url, language) "
            + "VALUES (:id, :openid, :unionid, :nickname, :avatar_url, :language) "
            + "ON CONFLICT (openid) DO NOTHING RETURNING " + COLUMNS + "), audited AS ("
            + insert("ARRAY(SELECT made.id FROM made)") + ") SELECT made.* FROM made, audited";

    private static final String REPLACE =
            "WITH target AS (SELECT id FROM users WHERE id = :id AND deleted_at IS NULL), "
                    + "changed AS (UPDATE users SET nickname = :nickname, avatar_url = :avatar_url, language = :language, "
                    + "profile_verified_at = NULL WHERE id = :id AND deleted_at IS NULL AND version = :version RETURNING "
                    + COLUMNS + "), audited AS (" + insert(THIS_USER)
                    + ") SELECT (SELECT count(*) FROM target) AS found, changed.* FROM audited LEFT JOIN changed ON true";

    private static final String DELETE = "WITH target AS (SELECT id FROM users WHERE id = :id), "
            + PostgresUsers.SHRED_AND_TELL + ", ended AS (" + PostgresUsers.END_SESSIONS + "), audited AS ("
            + insert(THIS_USER)
            + ") SELECT (SELECT count(*) FROM target) AS found, ended.id AS session "
            + "FROM audited LEFT JOIN ended ON true";

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final BlindIndex index;
    private final Outbox outbox;

    PostgresKnownUsers(DatabaseClient database, FieldCipher cipher, BlindIndex index, Outbox outbox) {
        this.database = database;
        this.cipher = cipher;
        this.index = index;
        this.outbox = outbox;
    }

    @Override
    public Mono<List<KnownUser>> list(Query query, StaffAccess access) {
        UUID after = query.paging().after();
        Phone phone = query.phone();
        GenericExecuteSpec statement = statement(list(query), access)
                .bind("rows", query.paging().toRead())
                .bind("shown", query.paging().limit());
        statement = after == null ? statement : statement.bind("after", after);
        statement =
                phone == null ? statement : statement.bind("phones", index.candidates("users", PHONE, phone.text()));
        return statement.map(this::user).all().collectList();
    }

    @Override
    public Mono<KnownUser> find(UserId id, StaffAccess access) {
        return statement(FIND, access).bind("id", id.value()).map(this::user).one();
    }

    @Override
    public Mono<KnownUser> add(UserId id, Newcomer newcomer, StaffAccess access) {
        return withProfile(statement(ADD, access), id, newcomer.profile())
                .bind("openid", newcomer.openId())
                .bind("unionid", Parameters.in(R2dbcType.VARCHAR, newcomer.unionId()))
                .map(this::user)
                .one();
    }

    @Override
    public Mono<Change> replaceProfile(UserId id, Profile profile, long version, StaffAccess access) {
        return withProfile(statement(REPLACE, access), id, profile)
                .bind("version", version)
                .map(row -> new Change(isFound(row), row.get("id", UUID.class) == null ? null : user(row)))
                .one();
    }

    @Override
    public Mono<Deletion> delete(UserId id, StaffAccess access) {
        return Flux.deferContextual(context -> outbox.bind(
                                statement(DELETE, access).bind("id", id.value()),
                                new UserDeleted(id).event().within(Traceparent.of(context)))
                        .map(row -> new Deletion(isFound(row), sessions(row)))
                        .all())
                .reduce((one, other) -> new Deletion(one.found(), joined(one.ended(), other.ended())))
                .doOnSuccess(deleted -> outbox.wake());
    }

    private GenericExecuteSpec statement(String sql, StaffAccess access) {
        return AuditRow.bind(database.sql(sql), access);
    }

    /** The ids in the audit log are those of the users that are shown, not that of the one that tells whether there are more. */
    private static String list(Query query) {
        Boolean deleted = query.deleted();
        return "WITH found AS (SELECT " + COLUMNS + " FROM users WHERE true"
                + (query.paging().after() == null ? "" : " AND id < :after")
                + (query.phone() == null ? "" : " AND phone_index IN (:phones)")
                + (deleted == null ? "" : deleted ? " AND deleted_at IS NOT NULL" : " AND deleted_at IS NULL")
                + " ORDER BY id DESC LIMIT :rows), audited AS ("
                + insert("ARRAY(SELECT found.id FROM found ORDER BY found.id DESC LIMIT :shown)")
                + ") SELECT found.* FROM found, audited ORDER BY found.id DESC";
    }

    private GenericExecuteSpec withProfile(GenericExecuteSpec statement, UserId id, Profile profile) {
        return statement
                .bind("id", id.value())
                .bind(NICKNAME, encrypted(id, NICKNAME, profile.nickname()))
                .bind(AVATAR_URL, encrypted(id, AVATAR_URL, profile.avatarUrl()))
                .bind("language", Parameters.in(R2dbcType.VARCHAR, profile.language()));
    }

    private KnownUser user(Readable row) {
        UserId id = new UserId(Objects.requireNonNull(row.get("id", UUID.class)));
        String phone = decrypted(id, PHONE, row);
        return new KnownUser(
                id,
                row.get("openid", String.class),
                row.get("unionid", String.class),
                new Profile(
                        decrypted(id, NICKNAME, row),
                        decrypted(id, AVATAR_URL, row),
                        row.get("language", String.class)),
                row.get("profile_verified_at", Instant.class) != null,
                phone == null ? null : Phone.parse(phone),
                new KnownUser.Times(
                        row.get("created_at", Instant.class),
                        row.get("last_login_at", Instant.class),
                        row.get("deleted_at", Instant.class)),
                Objects.requireNonNull(row.get("version", Long.class)));
    }

    private static boolean isFound(Readable row) {
        return Objects.requireNonNull(row.get("found", Long.class)) > 0;
    }

    private static List<SessionId> sessions(Readable row) {
        UUID session = row.get("session", UUID.class);
        return session == null ? List.of() : List.of(new SessionId(session));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
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

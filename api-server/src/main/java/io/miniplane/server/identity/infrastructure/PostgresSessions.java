package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.application.NewSession;
import io.miniplane.server.identity.application.SessionRules;
import io.miniplane.server.identity.application.Sessions;
import io.miniplane.server.identity.application.WechatIdentity;
import io.miniplane.server.identity.domain.ClientKind;
import io.miniplane.server.identity.domain.LiveSession;
import io.miniplane.server.identity.domain.Opened;
import io.miniplane.server.identity.domain.RefreshToken;
import io.miniplane.server.identity.domain.Refreshed;
import io.miniplane.server.identity.domain.SessionEnd;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.crypto.FieldLocation;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.wechat.SessionKey;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sessions in PostgreSQL, one statement per act. */
final class PostgresSessions implements Sessions {

    // Logins of one user queue for the user's row and so count each other. Its first part locks that row before the
    // last part ends sessions.
    private static final String OPEN = """
            WITH account AS (
                INSERT INTO users (id, openid, unionid) VALUES (:newcomer, :openId, :unionId)
                ON CONFLICT (openid) DO UPDATE SET
                    logins_since = CASE WHEN users.logins_since > now() - make_interval(secs => :window)
                        THEN users.logins_since ELSE now() END,
                    logins = CASE WHEN users.logins_since > now() - make_interval(secs => :window)
                        THEN least(users.logins, :limit) + 1 ELSE 1 END,
                    last_login_at = CASE WHEN users.logins_since > now() - make_interval(secs => :window)
                        AND users.logins >= :limit THEN users.last_login_at ELSE now() END,
                    unionid = coalesce(excluded.unionid, users.unionid)
                RETURNING id, logins_since, logins <= :limit AS admitted
            ), opened AS (
                INSERT INTO sessions
                    (id, user_id, session_key, client, refresh_selector_hash, refresh_secret_hash, refresh_expires_at)
                SELECT :id, id, :sessionKey, :client, :selector, :secret, now() + make_interval(secs => :lifetime)
                FROM account WHERE admitted
            ), superseded AS (
                UPDATE sessions SET ended_at = now(), end_reason = 'SUPERSEDED', session_key = NULL, client = NULL
                WHERE ended_at IS NULL AND id IN (
                    SELECT older.id FROM sessions older JOIN account ON older.user_id = account.id
                    WHERE account.admitted AND older.ended_at IS NULL AND older.refresh_expires_at > now()
                    ORDER BY older.created_at DESC, older.id DESC OFFSET :others
                )
                RETURNING id
            )
            SELECT id AS user_id, admitted, ARRAY(SELECT id FROM superseded) AS superseded,
                (extract(epoch FROM logins_since - now()) + :window)::float8 AS wait
            FROM account
            """;

    // Of two statements with one token the second waits for the row, then sees what the first has made of it: an older
    // token.
    private static final String REFRESH = """
            UPDATE sessions SET
                refresh_secret_hash =
                    CASE WHEN ended_at IS NULL AND refresh_secret_hash = :secret THEN :next ELSE refresh_secret_hash END,
                refresh_expires_at =
                    CASE WHEN ended_at IS NULL AND refresh_secret_hash = :secret
                        THEN now() + make_interval(secs => :lifetime) ELSE refresh_expires_at END,
                last_refreshed_at =
                    CASE WHEN ended_at IS NULL AND refresh_secret_hash = :secret THEN now() ELSE last_refreshed_at END,
                ended_at = CASE WHEN refresh_secret_hash = :secret THEN ended_at ELSE coalesce(ended_at, now()) END,
                end_reason =
                    CASE WHEN refresh_secret_hash = :secret THEN end_reason ELSE coalesce(end_reason, 'REFRESH_REUSED') END,
                session_key = CASE WHEN ended_at IS NULL AND refresh_secret_hash = :secret THEN session_key END,
                client = CASE WHEN ended_at IS NULL AND refresh_secret_hash = :secret THEN client END
            WHERE refresh_selector_hash = :selector AND refresh_expires_at > now()
            RETURNING id, user_id, end_reason
            """;

    private static final String END = """
            UPDATE sessions SET ended_at = now(), end_reason = :reason, session_key = NULL, client = NULL
            WHERE id = :id AND ended_at IS NULL
            """;

    private static final String LIVE_OF_USER = """
            SELECT id, created_at, last_refreshed_at, client FROM sessions
            WHERE user_id = :user AND ended_at IS NULL AND refresh_expires_at > now()
            ORDER BY created_at DESC, id DESC LIMIT :most
            """;

    private static final String END_OWN = """
            UPDATE sessions SET ended_at = coalesce(ended_at, now()), end_reason = coalesce(end_reason, 'ENDED_BY_USER'),
                session_key = NULL, client = NULL
            WHERE id = :id AND user_id = :user
            RETURNING id
            """;

    private static final String END_OTHERS = """
            WITH account AS (SELECT id FROM users WHERE id = :user FOR NO KEY UPDATE)
            UPDATE sessions SET ended_at = now(), end_reason = 'ENDED_BY_USER', session_key = NULL, client = NULL
            FROM account WHERE user_id = account.id AND sessions.id <> :kept AND ended_at IS NULL
            RETURNING sessions.id
            """;

    private static final String WECHAT_IDENTITY = """
            SELECT users.openid, sessions.session_key FROM sessions JOIN users ON users.id = sessions.user_id
            WHERE sessions.id = :id AND user_id = :user AND ended_at IS NULL AND deleted_at IS NULL
            """;

    private static final String ENDED_WITHIN =
            "SELECT id FROM sessions WHERE ended_at > now() - make_interval(secs => :seconds)";

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final SessionRules rules;

    PostgresSessions(DatabaseClient database, FieldCipher cipher, SessionRules rules) {
        this.database = database;
        this.cipher = cipher;
        this.rules = rules;
    }

    @Override
    public Mono<Opened> open(NewSession session) {
        UUID id = session.id().value();
        byte[] sessionKey =
                cipher.encrypt(keyOf(id), session.wechat().sessionKey().reveal());
        return database.sql(OPEN)
                .bind("newcomer", session.newcomer().value())
                .bind("openId", session.wechat().openId())
                .bind(
                        "unionId",
                        Parameters.in(R2dbcType.VARCHAR, session.wechat().unionId()))
                .bind("id", id)
                .bind("sessionKey", sessionKey)
                .bind("selector", session.refreshToken().selectorHash().bytes())
                .bind("secret", session.refreshToken().secretHash().bytes())
                .bind("client", session.client().name())
                .bind("lifetime", seconds(rules.refreshLifetime()))
                .bind("window", seconds(rules.loginWindow()))
                .bind("limit", rules.maxLogins())
                .bind("others", rules.maxSessions() - 1)
                .map(PostgresSessions::opened)
                .one();
    }

    @Override
    public Mono<Refreshed> refresh(RefreshToken presented, RefreshToken next, Duration lifetime) {
        return database.sql(REFRESH)
                .bind("selector", presented.selectorHash().bytes())
                .bind("secret", presented.secretHash().bytes())
                .bind("next", next.secretHash().bytes())
                .bind("lifetime", seconds(lifetime))
                .map(PostgresSessions::refreshed)
                .one()
                .defaultIfEmpty(new Refreshed.Unknown());
    }

    @Override
    public Mono<Void> end(SessionId id, SessionEnd reason) {
        return database.sql(END)
                .bind("id", id.value())
                .bind("reason", reason.name())
                .then();
    }

    @Override
    public Flux<LiveSession> live(UserId user) {
        return database.sql(LIVE_OF_USER)
                .bind("user", user.value())
                .bind("most", rules.maxSessions())
                .map(PostgresSessions::liveSession)
                .all();
    }

    @Override
    public Mono<SessionId> endOwn(UserId user, SessionId id) {
        return database.sql(END_OWN)
                .bind("id", id.value())
                .bind("user", user.value())
                .map(PostgresSessions::id)
                .one();
    }

    @Override
    public Flux<SessionId> endOthers(UserId user, SessionId kept) {
        return database.sql(END_OTHERS)
                .bind("user", user.value())
                .bind("kept", kept.value())
                .map(PostgresSessions::id)
                .all();
    }

    @Override
    public Mono<WechatIdentity> wechatIdentity(UserId user, SessionId session) {
        return database.sql(WECHAT_IDENTITY)
                .bind("id", session.value())
                .bind("user", user.value())
                .map(row -> new WechatIdentity(
                        row.get("openid", String.class),
                        new SessionKey(cipher.decrypt(keyOf(session.value()), row.get("session_key", byte[].class)))))
                .one();
    }

    /** The sessions that ended within the last while, by the clock of the database. */
    Flux<SessionId> endedWithin(Duration past) {
        return database.sql(ENDED_WITHIN)
                .bind("seconds", seconds(past))
                .map(PostgresSessions::id)
                .all();
    }

    private static Opened opened(Readable row) {
        if (!row.get("admitted", Boolean.class)) {
            return new Opened.TooMany(Duration.ofMillis((long) (row.get("wait", Double.class) * 1000)));
        }
        List<SessionId> superseded = Arrays.stream(row.get("superseded", UUID[].class))
                .map(SessionId::new)
                .toList();
        return new Opened.Session(new UserId(row.get("user_id", UUID.class)), superseded);
    }

    private static LiveSession liveSession(Readable row) {
        String client = row.get("client", String.class);
        return new LiveSession(
                id(row),
                row.get("created_at", Instant.class),
                row.get("last_refreshed_at", Instant.class),
                client == null ? ClientKind.OTHER : ClientKind.valueOf(client));
    }

    private static SessionId id(Readable row) {
        return new SessionId(row.get("id", UUID.class));
    }

    private static FieldLocation keyOf(UUID session) {
        return new FieldLocation("sessions", "session_key", session);
    }

    private static Refreshed refreshed(Readable row) {
        SessionId id = new SessionId(row.get("id", UUID.class));
        String endReason = row.get("end_reason", String.class);
        return endReason == null
                ? new Refreshed.Continued(id, new UserId(row.get("user_id", UUID.class)))
                : new Refreshed.Ended(id, SessionEnd.valueOf(endReason));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}

package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.application.NewSession;
import io.miniplane.server.identity.application.Sessions;
import io.miniplane.server.identity.domain.RefreshToken;
import io.miniplane.server.identity.domain.Refreshed;
import io.miniplane.server.identity.domain.SessionEnd;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.crypto.FieldLocation;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sessions in PostgreSQL, one statement per act. */
final class PostgresSessions implements Sessions {

    private static final String OPEN = """
            WITH account AS (
                INSERT INTO users (id, openid, unionid) VALUES (:newcomer, :openId, :unionId)
                ON CONFLICT (openid) DO UPDATE
                    SET last_login_at = now(), unionid = coalesce(excluded.unionid, users.unionid)
                RETURNING id
            )
            INSERT INTO sessions
                (id, user_id, session_key, refresh_selector_hash, refresh_secret_hash, refresh_expires_at)
            SELECT :id, account.id, :sessionKey, :selector, :secret, now() + make_interval(secs => :lifetime)
            FROM account
            RETURNING user_id
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
                ended_at = CASE WHEN refresh_secret_hash = :secret THEN ended_at ELSE coalesce(ended_at, now()) END,
                end_reason =
                    CASE WHEN refresh_secret_hash = :secret THEN end_reason ELSE coalesce(end_reason, 'REFRESH_REUSED') END,
                session_key = CASE WHEN ended_at IS NULL AND refresh_secret_hash = :secret THEN session_key END
            WHERE refresh_selector_hash = :selector AND refresh_expires_at > now()
            RETURNING id, user_id, end_reason
            """;

    private static final String END = """
            UPDATE sessions SET ended_at = now(), end_reason = :reason, session_key = NULL
            WHERE id = :id AND ended_at IS NULL
            """;

    private static final String ENDED_WITHIN =
            "SELECT id FROM sessions WHERE ended_at > now() - make_interval(secs => :seconds)";

    private final DatabaseClient database;
    private final FieldCipher cipher;

    PostgresSessions(DatabaseClient database, FieldCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    @Override
    public Mono<UserId> open(NewSession session) {
        UUID id = session.id().value();
        byte[] sessionKey = cipher.encrypt(
                new FieldLocation("sessions", "session_key", id),
                session.wechat().sessionKey().reveal());
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
                .bind("lifetime", seconds(session.refreshLifetime()))
                .map(row -> new UserId(row.get("user_id", UUID.class)))
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

    /** The sessions that ended within the last while, by the clock of the database. */
    Flux<SessionId> endedWithin(Duration past) {
        return database.sql(ENDED_WITHIN)
                .bind("seconds", seconds(past))
                .map(row -> new SessionId(row.get("id", UUID.class)))
                .all();
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

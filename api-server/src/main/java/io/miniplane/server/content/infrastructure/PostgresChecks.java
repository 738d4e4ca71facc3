package io.miniplane.server.content.infrastructure;

import io.miniplane.server.content.application.Checks;
import io.miniplane.server.content.application.ContentCheck;
import io.miniplane.server.content.application.ContentCheck.MediaFile;
import io.miniplane.server.content.application.Outcome;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.crypto.FieldLocation;
import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.wechat.ContentChecks.Label;
import io.miniplane.server.wechat.ContentChecks.MediaType;
import io.miniplane.server.wechat.ContentChecks.Scene;
import io.miniplane.server.wechat.ContentChecks.Suggestion;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Checks and verdicts in PostgreSQL; the addresses of the files are encrypted. */
final class PostgresChecks implements Checks {

    static final String TABLE = "content_checks";
    static final String URL = "url";

    private static final String ADD = """
            INSERT INTO content_checks (id, user_id, media, scene, url, trace_id, created_at)
            VALUES (:id, :user, :media, :scene, :url, :trace_id, :created_at)
            """;

    private static final String FIND = """
            SELECT c.media, c.scene, c.url, c.created_at, v.trace_id, v.suggestion, v.label
            FROM content_checks c LEFT JOIN content_verdicts v ON v.trace_id = c.trace_id
            WHERE c.id = :id AND c.user_id = :user
            """;

    private static final String SETTLE = """
            INSERT INTO content_verdicts (trace_id, suggestion, label) VALUES (:trace_id, :suggestion, :label)
            ON CONFLICT (trace_id) DO NOTHING
            """;

    private static final String FORGET_OF = """
            WITH gone AS (DELETE FROM content_checks WHERE user_id = :user RETURNING trace_id)
            DELETE FROM content_verdicts USING gone WHERE content_verdicts.trace_id = gone.trace_id
            """;

    private final DatabaseClient database;
    private final FieldCipher cipher;

    PostgresChecks(DatabaseClient database, FieldCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    @Override
    public Mono<Void> add(ContentCheck check, String traceId) {
        MediaFile file = check.file();
        return database.sql(ADD)
                .bind("id", check.id())
                .bind("user", check.owner().value())
                .bind("media", file.type().name())
                .bind("scene", file.scene().name())
                .bind(URL, cipher.encrypt(at(check.id()), file.url().toString()))
                .bind("trace_id", traceId)
                .bind("created_at", check.createdAt())
                .then();
    }

    @Override
    public Mono<ContentCheck> find(UUID id, UserId owner) {
        return database.sql(FIND)
                .bind("id", id)
                .bind("user", owner.value())
                .map(row ->
                        new ContentCheck(id, owner, file(id, row), outcome(row), row.get("created_at", Instant.class)))
                .one();
    }

    @Override
    public Mono<Void> settle(String traceId, Outcome outcome) {
        Outcome.Judged verdict = outcome instanceof Outcome.Judged judged ? judged : null;
        return database.sql(SETTLE)
                .bind("trace_id", traceId)
                .bind("suggestion", text(verdict == null ? null : verdict.suggestion()))
                .bind("label", text(verdict == null ? null : verdict.label()))
                .then();
    }

    @Override
    public Mono<Void> forget(UserId owner) {
        return database.sql(FORGET_OF).bind("user", owner.value()).then();
    }

    private MediaFile file(UUID id, Readable row) {
        return new MediaFile(
                MediaType.valueOf(row.get("media", String.class)),
                Scene.valueOf(row.get("scene", String.class)),
                URI.create(cipher.decrypt(at(id), row.get(URL, byte[].class))));
    }

    private static Outcome outcome(Readable row) {
        if (row.get("trace_id", String.class) == null) {
            return new Outcome.Pending();
        }
        String suggestion = row.get("suggestion", String.class);
        return suggestion == null
                ? new Outcome.Failed()
                : new Outcome.Judged(Suggestion.valueOf(suggestion), Label.valueOf(row.get("label", String.class)));
    }

    private static Parameter text(@Nullable Enum<?> value) {
        return Parameters.in(R2dbcType.VARCHAR, value == null ? null : value.name());
    }

    private static FieldLocation at(UUID id) {
        return new FieldLocation(TABLE, URL, id);
    }
}

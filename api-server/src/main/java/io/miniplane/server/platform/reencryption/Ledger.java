package io.miniplane.server.platform.reencryption;

import io.miniplane.server.platform.reencryption.Pass.Phase;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What the workers of this backend know together about the state of each table; every act is one statement. */
final class Ledger {

    private static final String COLUMNS = """
            data_key, index_key, phase, position, remaining, pass_changed, pass_unreadable, unreadable,
            completed_data_key, completed_index_key,
            extract(epoch FROM now() - completed_pass_started_at)::float8 AS completed_pass_age,
            targeted_at <= now() - make_interval(secs => :settle) AS settled,
            coalesce(completed_at <= now() - make_interval(secs => :recheck), true) AS overdue
            """;

    private static final String READ = "SELECT " + COLUMNS + " FROM reencryption WHERE table_name = :table";

    /** Whoever works on the table is not disturbed. */
    private static final String TARGET = """
            INSERT INTO reencryption AS known (table_name, data_key, index_key) VALUES (:table, :data, :index)
            ON CONFLICT (table_name) DO UPDATE SET
                data_key = excluded.data_key, index_key = excluded.index_key, targeted_at = now(), phase = 'COUNTING',
                position = DEFAULT, remaining = 0, pass_changed = 0, pass_unreadable = 0, holder = NULL, held_until = NULL
            WHERE (known.data_key, known.index_key) <> (excluded.data_key, excluded.index_key)
                AND (known.holder IS NULL OR known.holder = :me OR known.held_until < now())
            """;

    private static final String HOLD = """
            UPDATE reencryption SET holder = :me, held_until = now() + make_interval(secs => :lease)
            WHERE table_name = :table AND (data_key, index_key) = (:data, :index)
                AND (holder IS NULL OR holder = :me OR held_until < now())
            RETURNING\s""" + COLUMNS;

    private static final String SAVE = """
            UPDATE reencryption SET
                phase = :phase, position = :position, remaining = :remaining,
                pass_started_at = CASE WHEN :begins THEN now() ELSE pass_started_at END,
                pass_changed = :changed, pass_unreadable = :unreadable,
                unreadable = CASE WHEN :complete THEN :unreadable ELSE unreadable END,
                completed_data_key = CASE WHEN :complete THEN data_key ELSE completed_data_key END,
                completed_index_key = CASE WHEN :complete THEN index_key ELSE completed_index_key END,
                completed_at = CASE WHEN :complete THEN now() ELSE completed_at END,
                completed_pass_started_at = CASE WHEN :complete THEN pass_started_at ELSE completed_pass_started_at END,
                holder = CASE WHEN :complete THEN NULL ELSE holder END,
                held_until = CASE WHEN :complete THEN NULL ELSE now() + make_interval(secs => :lease) END
            WHERE table_name = :table AND (data_key, index_key) = (:data, :index) AND holder = :me
            """;

    private final DatabaseClient database;
    private final ReencryptionSettings settings;
    private final UUID me;

    /** @param me tells this worker from the others */
    Ledger(DatabaseClient database, ReencryptionSettings settings, UUID me) {
        this.database = database;
        this.settings = settings;
        this.me = me;
    }

    /**
     * The state of a table, or empty where no worker has looked at it yet.
     *
     * @param recheck after which time a finished table is due again
     */
    Mono<Entry> read(String table, Duration recheck) {
        return patient(database.sql(READ), recheck)
                .bind("table", table)
                .map(Ledger::entry)
                .one();
    }

    /** Sets the keys under which the table shall be from now on, unless another worker is at it. */
    Mono<Void> target(String table, PrimaryKeys keys) {
        return database.sql(TARGET)
                .bind("table", table)
                .bind("data", keys.data())
                .bind("index", keys.index())
                .bind("me", me)
                .then();
    }

    /**
     * Takes the table for this worker and tells where to go on; empty where another one has it or the keys are others.
     *
     * @param recheck after which time a finished table is due again
     */
    Mono<Entry> hold(String table, PrimaryKeys keys, Duration recheck) {
        return patient(database.sql(HOLD), recheck)
                .bind("me", me)
                .bind("lease", seconds(settings.lease()))
                .bind("table", table)
                .bind("data", keys.data())
                .bind("index", keys.index())
                .map(Ledger::entry)
                .one();
    }

    /** Notes how far this worker has come; false where it has lost the table meanwhile. */
    Mono<Boolean> save(String table, PrimaryKeys keys, Pass pass) {
        return database.sql(SAVE)
                .bind("phase", pass.phase().name())
                .bind("position", pass.position())
                .bind("remaining", pass.remaining())
                .bind("changed", pass.changed())
                .bind("unreadable", pass.unreadable())
                .bind("begins", pass.isAtStart())
                .bind("complete", pass.phase() == Phase.COMPLETE)
                .bind("lease", seconds(settings.lease()))
                .bind("table", table)
                .bind("data", keys.data())
                .bind("index", keys.index())
                .bind("me", me)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    private DatabaseClient.GenericExecuteSpec patient(DatabaseClient.GenericExecuteSpec statement, Duration recheck) {
        return statement.bind("settle", seconds(settings.settle())).bind("recheck", seconds(recheck));
    }

    private static Entry entry(Readable row) {
        Pass pass = new Pass(
                Phase.valueOf(row.get("phase", String.class)),
                row.get("position", UUID.class),
                row.get("remaining", Long.class),
                row.get("pass_changed", Long.class),
                row.get("pass_unreadable", Long.class));
        return new Entry(
                keys(row, "data_key", "index_key"),
                pass,
                keys(row, "completed_data_key", "completed_index_key"),
                startedAt(row.get("completed_pass_age", Double.class)),
                row.get("unreadable", Long.class),
                row.get("settled", Boolean.class),
                row.get("overdue", Boolean.class));
    }

    private static PrimaryKeys keys(Readable row, String data, String index) {
        return new PrimaryKeys(row.get(data, Long.class), row.get(index, Long.class));
    }

    /** By the clock of this process: that of the database may go otherwise. */
    private static @Nullable Instant startedAt(@Nullable Double ageSeconds) {
        return ageSeconds == null ? null : Instant.now().minusMillis(Math.round(ageSeconds * 1000));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /**
     * The state of one table.
     *
     * @param target the keys under which its rows shall be
     * @param pass how far it has come
     * @param completed the keys of the last finished pass, 0 where there was none
     * @param completedPassStartedAt when that pass read its first row
     * @param unreadable rows that the last finished pass could not read
     * @param settled whether the target has stood long enough for every replica to know it
     * @param overdue whether the last finished pass was too long ago, or never
     */
    record Entry(
            PrimaryKeys target,
            Pass pass,
            PrimaryKeys completed,
            @Nullable Instant completedPassStartedAt,
            long unreadable,
            boolean settled,
            boolean overdue) {

        /** Whether there is something to do for a worker with these primary keys. */
        boolean isOpen() {
            return settled && (pass.phase() != Phase.COMPLETE || overdue);
        }

        /** Where to go on: a finished table begins anew. */
        Pass next() {
            return pass.phase() == Phase.COMPLETE ? Pass.FIRST : pass;
        }
    }
}

package io.miniplane.server.platform.reencryption;

import io.miniplane.server.platform.crypto.BlindIndex;
import io.miniplane.server.platform.crypto.EncryptedTable;
import io.miniplane.server.platform.crypto.EncryptedTable.Column;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.crypto.FieldLocation;
import io.miniplane.server.platform.crypto.UndecryptableField;
import io.miniplane.server.platform.reencryption.Pass.Batch;
import io.miniplane.server.platform.reencryption.Pass.Count;
import io.r2dbc.spi.Readable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rows of one table: counts those under other keys and rewrites them, each value only if nobody has written it meanwhile. */
final class EncryptedRows {

    /** How many rows are looked at for each that may be rewritten: most are under the primary keys, and looking is cheap. */
    private static final int LOOKS = 20;

    private final EncryptedTable table;
    private final RowStatements statements;
    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final BlindIndex index;
    private final int batch;

    EncryptedRows(EncryptedTable table, DatabaseClient database, FieldCipher cipher, BlindIndex index, int batch) {
        this.table = table;
        this.statements = new RowStatements(table);
        this.database = database;
        this.cipher = cipher;
        this.index = index;
        this.batch = batch;
    }

    EncryptedTable table() {
        return table;
    }

    /** Counts among the next rows those that are under other keys. */
    Mono<Count> count(PrimaryKeys keys, UUID after) {
        return bound(statements.count(), keys, after)
                .map(row -> {
                    Range range = range(row);
                    return new Count(range.last(), range.isEnd(), row.get("stale", Long.class));
                })
                .one();
    }

    /** Rewrites among the next rows those that are under other keys, one statement per value. */
    Mono<Batch> rewrite(PrimaryKeys keys, UUID after) {
        return bound(statements.select(), keys, after)
                .bind("batch", batch)
                .map(this::found)
                .all()
                .collectList()
                .flatMap(found -> rewrite(keys, found));
    }

    private Mono<Batch> rewrite(PrimaryKeys keys, List<Found> found) {
        Range range = found.getFirst().range();
        List<StaleRow> rows =
                found.stream().map(Found::row).filter(Objects::nonNull).toList();
        boolean full = rows.size() == batch;
        UUID last = full ? rows.getLast().id() : range.last();
        return Flux.fromIterable(rows)
                .concatMap(row -> rewrite(keys, row))
                .reduce(new Batch(last, !full && range.isEnd(), 0, 0, 0), EncryptedRows::plus);
    }

    private Mono<Outcome> rewrite(PrimaryKeys keys, StaleRow row) {
        return Flux.fromIterable(row.values().entrySet())
                .concatMap(value -> rewrite(keys, row.id(), value.getKey(), value.getValue()))
                .reduce(Outcome::and);
    }

    private Mono<Outcome> rewrite(PrimaryKeys keys, UUID id, Column column, byte[] old) {
        FieldLocation location = new FieldLocation(table.table(), column.name(), id);
        try {
            String value = cipher.decrypt(location, old);
            byte[] fresh = cipher.encrypt(location, value);
            byte[] hash = column.index() == null ? null : index.of(table.table(), column.name(), value);
            boolean asMeant = PrimaryKeys.isUnder(keys.dataPrefix(), fresh)
                    && (hash == null || PrimaryKeys.isUnder(keys.indexPrefix(), hash));
            return asMeant ? replace(id, column, old, fresh, hash) : Mono.just(Outcome.MISSED);
        } catch (UndecryptableField left) {
            return Mono.just(Outcome.UNREADABLE);
        }
    }

    private Mono<Outcome> replace(UUID id, Column column, byte[] old, byte[] fresh, byte @Nullable [] hash) {
        var statement = database.sql(RowStatements.replace(table, column))
                .bind("id", id)
                .bind("old", old)
                .bind("fresh", fresh);
        return (hash == null ? statement : statement.bind("hash", hash))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0 ? Outcome.CHANGED : Outcome.MISSED);
    }

    private DatabaseClient.GenericExecuteSpec bound(String statement, PrimaryKeys keys, UUID after) {
        var bound = database.sql(statement)
                .bind("after", after)
                .bind("range", batch * LOOKS)
                .bind("data", keys.dataPrefix());
        return table.isIndexed() ? bound.bind("index", keys.indexPrefix()) : bound;
    }

    private Found found(Readable row) {
        UUID id = row.get("id", UUID.class);
        return new Found(range(row), id == null ? null : new StaleRow(id, values(row)));
    }

    private Map<Column, byte[]> values(Readable row) {
        Map<Column, byte[]> values = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            byte[] ciphertext = row.get(column.name(), byte[].class);
            if (ciphertext != null) {
                values.put(column, ciphertext);
            }
        }
        return values;
    }

    private Range range(Readable row) {
        boolean end = row.get("seen", Long.class) < (long) batch * LOOKS;
        return new Range(Objects.requireNonNullElse(row.get("last", UUID.class), Pass.START), end);
    }

    private static Batch plus(Batch sum, Outcome outcome) {
        return new Batch(
                sum.last(),
                sum.isEnd(),
                sum.changed() + (outcome == Outcome.CHANGED ? 1 : 0),
                sum.missed() + (outcome == Outcome.MISSED ? 1 : 0),
                sum.unreadable() + (outcome == Outcome.UNREADABLE ? 1 : 0));
    }

    /** What became of a value; of a row it is the last in this order of what became of its values. */
    private enum Outcome {
        UNREADABLE,
        CHANGED,
        MISSED;

        Outcome and(Outcome other) {
            return compareTo(other) > 0 ? this : other;
        }
    }

    private record Range(UUID last, boolean isEnd) {}

    private record Found(Range range, @Nullable StaleRow row) {}

    private record StaleRow(UUID id, Map<Column, byte[]> values) {}
}

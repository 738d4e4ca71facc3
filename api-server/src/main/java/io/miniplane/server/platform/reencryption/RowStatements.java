package io.miniplane.server.platform.reencryption;

import io.miniplane.server.platform.crypto.EncryptedTable;
import io.miniplane.server.platform.crypto.EncryptedTable.Column;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements about one table. Each begins with the next rows by primary key, a bounded number of them, so that none takes long however large
 * the table is.
 *
 * @param table the table, whose names are known to be safe in a statement
 */
record RowStatements(EncryptedTable table) {

    /** How many of the next rows are under other keys. */
    String count() {
        return scanned() + "SELECT count(*) AS seen, (array_agg(id ORDER BY id DESC))[1] AS last,"
                + " count(*) FILTER (WHERE " + anyStale() + ") AS stale FROM scanned";
    }

    /** The first of the next rows that are under other keys, and of each the values that are; one row without id where there are none. */
    String select() {
        String values = table.columns().stream()
                .map(column -> "CASE WHEN " + stale(column) + " THEN " + column.name() + " END AS " + column.name())
                .collect(Collectors.joining(", "));
        return scanned() + "SELECT range.seen, range.last, stale.* FROM"
                + " (SELECT count(*) AS seen, (array_agg(id ORDER BY id DESC))[1] AS last FROM scanned) range LEFT JOIN"
                + " (SELECT id, " + values + " FROM scanned WHERE " + anyStale() + " ORDER BY id LIMIT :batch) stale"
                + " ON true ORDER BY stale.id";
    }

    /** Replaces one value, and its hash, where it is still the one that was read. */
    static String replace(EncryptedTable table, Column column) {
        String hash = column.index() == null ? "" : ", " + column.index() + " = :hash";
        return "UPDATE " + table.table() + " SET " + column.name() + " = :fresh" + hash + " WHERE " + table.idColumn()
                + " = :id AND " + column.name() + " = :old";
    }

    private String scanned() {
        String columns = table.columns().stream().map(RowStatements::names).collect(Collectors.joining(", "));
        return "WITH scanned AS (SELECT " + table.idColumn() + " AS id, " + columns + " FROM " + table.table()
                + " WHERE " + table.idColumn() + " > :after ORDER BY " + table.idColumn() + " LIMIT :range) ";
    }

    private String anyStale() {
        return table.columns().stream().map(RowStatements::stale).collect(Collectors.joining(" OR "));
    }

    private static String names(Column column) {
        return column.index() == null ? column.name() : column.name() + ", " + column.index();
    }

    private static String stale(Column column) {
        return column.index() == null
                ? begins(column.name(), ":data")
                : "(" + begins(column.name(), ":data") + " OR " + begins(column.index(), ":index") + ")";
    }

    private static String begins(@Nullable String column, String prefix) {
        return "substr(" + column + ", 1, 5) <> " + prefix;
    }
}

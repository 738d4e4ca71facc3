package io.miniplane.server.platform.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells which columns of a table hold what {@link FieldCipher} made, so that a worker can bring old rows under a new key. A module declares each
 * of its tables as a bean:
 *
 * <pre>{@code
 * @Bean
 * EncryptedTable encryptedUsers() {
 *     return EncryptedTable.of("users", "id").column("nickname").indexed("phone", "phone_index");
 * }
 * }</pre>
 *
 * Every value is encrypted at {@code FieldLocation(table, column, row)}. The row is the primary key, of type {@code uuid}; columns are of type
 * {@code bytea} and may be null. The index of a column is {@code BlindIndex.of(table, column, value)} of the very text that is encrypted, and is
 * written in the same statement as its column: rows are updated only where the ciphertext is still the one that was read.
 *
 * @param table name of the table
 * @param idColumn its primary key
 * @param columns the encrypted columns, one or more
 */
public record EncryptedTable(String table, String idColumn, List<Column> columns) {

    // The names become part of statements.
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /** @throws IllegalArgumentException when a name is not written in lower case letters, digits and underscores */
    public EncryptedTable {
        requireName(table);
        requireName(idColumn);
        columns = List.copyOf(columns);
    }

    /** A table whose columns are named next. */
    public static EncryptedTable of(String table, String idColumn) {
        return new EncryptedTable(table, idColumn, List.of());
    }

    /** The table with one more encrypted column. */
    public EncryptedTable column(String name) {
        return with(new Column(name, null));
    }

    /** The table with one more encrypted column, by whose blind index rows are found. */
    public EncryptedTable indexed(String name, String index) {
        return with(new Column(name, index));
    }

    /** Whether rows of the table are found by a blind index. */
    public boolean isIndexed() {
        return columns.stream().anyMatch(column -> column.index() != null);
    }

    private EncryptedTable with(Column column) {
        List<Column> more = new ArrayList<>(columns);
        more.add(column);
        return new EncryptedTable(table, idColumn, more);
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A name of the schema is written in a-z, 0-9 and _: " + name);
        }
    }

    /**
     * One encrypted column.
     *
     * @param name name of the column
     * @param index name of the column with its blind index, or null where none is kept
     */
    public record Column(String name, @Nullable String index) {

        /** @throws IllegalArgumentException when a name is not written in lower case letters, digits and underscores */
        public Column {
            requireName(name);
            if (index != null) {
                requireName(index);
            }
        }
    }
}

package io.miniplane.server.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Where an encrypted value is stored. A ciphertext opens only at the location it was made for, so that rows of a table cannot be swapped
 * unnoticed.
 *
 * @param table name of the table
 * @param column name of the column
 * @param row primary key of the row
 */
public record FieldLocation(String table, String column, UUID row) {

    byte[] associatedData() {
        return (table + "|" + column + "|" + row).getBytes(StandardCharsets.UTF_8);
    }
}

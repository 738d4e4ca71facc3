package io.miniplane.server.platform.reencryption;

/**
 * How the last finished pass left a table; ids only, never material.
 *
 * @param table name of the table
 * @param dataKey id of the data key that every readable row is under, or 0 before the first pass
 * @param indexKey id of the index key, or 0 before the first pass and where the table has no blind index
 * @param unreadable rows that no loaded key opened and that were left as they are
 */
public record ReencryptedTable(String table, long dataKey, long indexKey, long unreadable) {}

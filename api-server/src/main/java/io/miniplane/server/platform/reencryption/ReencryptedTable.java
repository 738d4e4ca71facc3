package io.miniplane.server.platform.reencryption;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a table has come; ids only, never material.
 *
 * @param table name of the table
 * @param remaining rows counted under other keys and not yet rewritten
 * @param dataKey id of the data key that the last finished pass left every readable row under, or 0 before the first pass
 * @param indexKey id of the index key, or 0 before the first pass and where the table has no blind index
 * @param unreadable rows that no loaded key opened and that were left as they are
 * @param passStartedAt when that pass read its first row: what was written before is under these keys
 */
public record ReencryptedTable(
        String table,
        long remaining,
        long dataKey,
        long indexKey,
        long unreadable,
        @Nullable Instant passStartedAt) {}

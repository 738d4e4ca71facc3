package io.miniplane.server.platform.reencryption;

import io.miniplane.server.platform.crypto.EncryptedTable;
import io.miniplane.server.platform.crypto.LoadedKeys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The keys under which every row of a table shall be.
 *
 * @param data id of the key that encrypts, 0 to 2^32-1
 * @param index id of the key of the blind index, or 0 where the table has none
 */
record PrimaryKeys(long data, long index) {

    /** The keysets that rows are under. */
    static final Set<String> KEYSETS = Set.of("data", "index");

    /** What Tink writes before each ciphertext and each hash: one byte of version, then the key id. */
    private static final byte VERSION = 1;

    private static final int PREFIX = 5;

    static PrimaryKeys of(EncryptedTable table, List<LoadedKeys> loaded) {
        return new PrimaryKeys(primary("data", loaded), table.isIndexed() ? primary("index", loaded) : 0);
    }

    /** The beginning of every ciphertext under the data key. */
    byte[] dataPrefix() {
        return prefix(data);
    }

    /** The beginning of every hash under the index key. */
    byte[] indexPrefix() {
        return prefix(index);
    }

    /** Whether what was just made is under these keys; the keysets may have changed meanwhile. */
    static boolean isUnder(byte[] prefix, byte[] made) {
        return made.length >= PREFIX && Arrays.equals(prefix, 0, PREFIX, made, 0, PREFIX);
    }

    private static byte[] prefix(long key) {
        return ByteBuffer.allocate(PREFIX).put(VERSION).putInt((int) key).array();
    }

    private static long primary(String keyset, List<LoadedKeys> loaded) {
        return loaded.stream()
                .filter(keys -> keys.keyset().equals(keyset))
                .mapToLong(LoadedKeys::primary)
                .findFirst()
                .orElseThrow();
    }
}

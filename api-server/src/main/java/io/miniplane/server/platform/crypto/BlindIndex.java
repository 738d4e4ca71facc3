package io.miniplane.server.platform.crypto;

import com.google.crypto.tink.Mac;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.Supplier;

/** A keyed hash (HMAC-SHA-256) by which an encrypted value is found again without being stored in the clear. */
public final class BlindIndex {

    private final Supplier<IndexKeys> keys;

    BlindIndex(Supplier<IndexKeys> keys) {
        this.keys = keys;
    }

    /** The hash to store beside a value: made with the primary key, different per table and column. */
    public byte[] of(String table, String column, String value) {
        return hash(keys.get().primary(), table, column, value);
    }

    /** Every hash under which a value may be stored, one per loaded key and the primary's first: rows keep the hash of the key they were written with. */
    public List<byte[]> candidates(String table, String column, String value) {
        return keys.get().all().stream()
                .map(key -> hash(key, table, column, value))
                .toList();
    }

    private static byte[] hash(Mac key, String table, String column, String value) {
        try {
            return key.computeMac((table + "|" + column + "|" + value).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The index keyset cannot hash", e);
        }
    }
}

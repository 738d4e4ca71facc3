package io.miniplane.operator.objects;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.config.TinkConfig2026;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The keys of one purpose, of which one encrypts or signs. Nothing that is printed of it shows a key. */
final class Keyset {

    private final KeysetHandle keys;

    private Keyset(KeysetHandle keys) {
        this.keys = keys;
    }

    /** One new key, which is primary. */
    static Keyset generate(Parameters parameters) {
        try {
            return new Keyset(KeysetHandle.generateNew(parameters, TinkConfig2026.get()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink can't make a key of a kind that it was set up for.", e);
        }
    }

    /**
     * Reads Tink's clear-text JSON.
     *
     * @throws GeneralSecurityException when the text is no keyset with a primary key; the message holds none of it
     */
    static Keyset parse(String json) throws GeneralSecurityException {
        try {
            KeysetHandle keys =
                    TinkJsonProtoKeysetFormat.parseKeyset(json, TinkConfig2026.get(), InsecureSecretKeyAccess.get());
            keys.getPrimary();
            return new Keyset(keys);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new GeneralSecurityException("This is no Tink keyset with a primary key.");
        }
    }

    /** It in Tink's clear-text JSON. */
    String json() {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(keys, TinkConfig2026.get(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink can't write what it has read or made.", e);
        }
    }

    /** The id of the key that encrypts or signs, 0 to 2^32-1. */
    long primary() {
        return Integer.toUnsignedLong(keys.getPrimary().getId());
    }

    /** The ids of all keys. */
    List<Long> ids() {
        return entries().map(Keyset::id).toList();
    }

    /** The same keys and those of another keyset, none of which becomes primary. */
    Keyset with(Keyset others) {
        return new Keyset(built(Stream.concat(entries(), others.entries()).toList(), primary()));
    }

    /** The same keys with another one as primary. */
    Keyset withPrimary(long id) {
        return new Keyset(built(entries().toList(), id));
    }

    /** The primary key alone. */
    Keyset primaryOnly() {
        Predicate<KeysetHandle.Entry> isPrimary = entry -> id(entry) == primary();
        return new Keyset(built(entries().filter(isPrimary).toList(), primary()));
    }

    private Stream<KeysetHandle.Entry> entries() {
        return IntStream.range(0, keys.size()).mapToObj(keys::getAt);
    }

    private static long id(KeysetHandle.Entry entry) {
        return Integer.toUnsignedLong(entry.getId());
    }

    private static KeysetHandle built(List<KeysetHandle.Entry> entries, long primary) {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder();
        for (KeysetHandle.Entry entry : entries) {
            var copy = KeysetHandle.importKey(entry.getKey())
                    .withFixedId(entry.getId())
                    .setStatus(entry.getStatus());
            builder.addEntry(id(entry) == primary ? copy.makePrimary() : copy);
        }
        try {
            return builder.build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keyset has no enabled key %d.".formatted(primary), e);
        }
    }
}

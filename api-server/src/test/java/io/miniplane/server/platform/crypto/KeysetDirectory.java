package io.miniplane.server.platform.crypto;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.jwt.JwtConfig2026;
import com.google.crypto.tink.jwt.JwtEcdsaParameters;
import com.google.crypto.tink.mac.MacConfig2026;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.Map;

/**
 * Keyset files as the operator mounts them, for tests.
 *
 * @param path the directory that holds the files
 */
public record KeysetDirectory(Path path) {

    private static final Map<String, Parameters> KINDS = Map.of(
            "data", PredefinedAeadParameters.AES256_GCM,
            "index", PredefinedMacParameters.HMAC_SHA256_256BITTAG,
            "jwt", jwtEs256());

    static final Map<String, Configuration> CONFIGURATIONS =
            Map.of("data", AeadConfig2026.get(), "index", MacConfig2026.get(), "jwt", JwtConfig2026.get());

    /** Fills a directory with fresh keysets of one key each. */
    public static KeysetDirectory fresh(Path path) {
        KeysetDirectory directory = new KeysetDirectory(path);
        KINDS.keySet().forEach(directory::replace);
        return directory;
    }

    /** Replaces a keyset by one with a single new key. */
    public KeysetHandle replace(String name) {
        return write(name, fresh(name));
    }

    /** Adds a new key to a keyset and makes it the primary; the older ones stay. */
    public KeysetHandle rotate(String name) {
        KeysetHandle.Entry fresh = fresh(name).getPrimary();
        return write(
                name,
                KeysetHandle.newBuilder(read(name))
                        .addEntry(KeysetHandle.importKey(fresh.getKey())
                                .withFixedId(fresh.getId())
                                .makePrimary()));
    }

    /** Adds a new key to a keyset that is not yet the primary: the first phase of a rotation. */
    public KeysetHandle introduce(String name) {
        KeysetHandle.Entry fresh = fresh(name).getPrimary();
        return write(
                name,
                KeysetHandle.newBuilder(read(name))
                        .addEntry(KeysetHandle.importKey(fresh.getKey()).withFixedId(fresh.getId())));
    }

    /** Makes the key that was added last the primary: the second phase. */
    public KeysetHandle promote(String name) {
        KeysetHandle.Builder keyset = KeysetHandle.newBuilder(read(name));
        keyset.getAt(keyset.size() - 1).makePrimary();
        return write(name, keyset);
    }

    /** Drops every key but the primary: the third phase. */
    public KeysetHandle retire(String name) {
        KeysetHandle.Builder keyset = KeysetHandle.newBuilder(read(name));
        for (int i = keyset.size() - 1; i >= 0; i--) {
            if (!keyset.getAt(i).isPrimary()) {
                keyset.deleteAt(i);
            }
        }
        return write(name, keyset);
    }

    /** A directory with the same keysets. */
    public KeysetDirectory copyTo(Path other) {
        KeysetDirectory copy = new KeysetDirectory(other);
        KINDS.keySet().forEach(name -> copy.write(name, text(name)));
        return copy;
    }

    /** The id of the primary key, 0 to 2^32-1. */
    public long primary(String name) {
        return Integer.toUnsignedLong(read(name).getPrimary().getId());
    }

    /** What the file holds now. */
    public KeysetHandle read(String name) {
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(
                    text(name), CONFIGURATIONS.get(name), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text of a file. */
    public String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Swaps the text of a file at once, as a mounted Secret is swapped. */
    public void write(String name, String text) {
        try {
            Path next = Files.writeString(path.resolve(name + ".next"), text);
            Files.move(next, file(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path of a file. */
    public Path file(String name) {
        return path.resolve(name + ".json");
    }

    /** A keyset of one new key that no file holds. */
    public static KeysetHandle fresh(String name) {
        try {
            return KeysetHandle.generateNew(KINDS.get(name), CONFIGURATIONS.get(name));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeysetHandle write(String name, KeysetHandle.Builder keyset) {
        try {
            return write(name, keyset.build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeysetHandle write(String name, KeysetHandle handle) {
        try {
            write(
                    name,
                    TinkJsonProtoKeysetFormat.serializeKeyset(
                            handle, CONFIGURATIONS.get(name), InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return handle;
    }

    private static Parameters jwtEs256() {
        try {
            return JwtEcdsaParameters.builder()
                    .setAlgorithm(JwtEcdsaParameters.Algorithm.ES256)
                    .setKidStrategy(JwtEcdsaParameters.KidStrategy.BASE64_ENCODED_KEY_ID)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

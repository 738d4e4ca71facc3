package io.miniplane.server.platform.crypto;

import com.google.crypto.tink.KeysetHandle;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which keys of a keyset this process has loaded; ids only, never material.
 *
 * @param keyset name of the keyset: {@code data}, {@code index} or {@code jwt}
 * @param primary id of the key that encrypts or signs, 0 to 2^32-1
 * @param all ids of all keys of the keyset
 */
public record LoadedKeys(String keyset, long primary, List<Long> all) {

    static LoadedKeys of(String keyset, KeysetHandle handle) {
        List<Long> ids = IntStream.range(0, handle.size())
                .mapToObj(i -> Integer.toUnsignedLong(handle.getAt(i).getId()))
                .toList();
        return new LoadedKeys(keyset, Integer.toUnsignedLong(handle.getPrimary().getId()), ids);
    }
}

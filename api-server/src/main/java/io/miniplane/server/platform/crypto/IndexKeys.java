package io.miniplane.server.platform.crypto;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.mac.MacConfig2026;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a blind index, each usable alone: Tink's primitive computes with the primary only, a look-up needs the older ones too.
 *
 * @param all every enabled key, the primary first
 */
record IndexKeys(List<Mac> all) {

    static final Configuration CONFIGURATION = MacConfig2026.get();

    static IndexKeys of(KeysetHandle handle) throws GeneralSecurityException {
        List<Mac> macs = new ArrayList<>();
        macs.add(handle.getPrimitive(CONFIGURATION, Mac.class));
        for (int i = 0; i < handle.size(); i++) {
            KeysetHandle.Entry entry = handle.getAt(i);
            if (!entry.isPrimary() && entry.getStatus() == KeyStatus.ENABLED) {
                macs.add(alone(entry));
            }
        }
        return new IndexKeys(List.copyOf(macs));
    }

    Mac primary() {
        return all.getFirst();
    }

    private static Mac alone(KeysetHandle.Entry entry) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(entry.getKey())
                        .withFixedId(entry.getId())
                        .makePrimary())
                .build()
                .getPrimitive(CONFIGURATION, Mac.class);
    }
}

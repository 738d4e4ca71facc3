package io.miniplane.server.platform.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.AeadConfig2026;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The keysets of this backend, read from mounted files and read again when their content changes. */
public final class Keysets implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(Keysets.class);

    private final KeysetFile<Aead> data;
    private final KeysetFile<IndexKeys> index;
    private final KeysetFile<TokenKeys> tokens;
    private final List<KeysetFile<?>> files;
    // Not newSingle("keysets"): on its threads Reactor refuses the wait for a key management service.
    private final Scheduler watcher =
            Schedulers.newSingle(Thread.ofPlatform().name("keysets").daemon().factory());
    private final Disposable watching;

    Keysets(CryptoSettings settings, KeysetEnvelope envelope, MeterRegistry meters) {
        var aead = AeadConfig2026.get();
        data = new KeysetFile<>(
                settings.directory(), "data", aead, handle -> handle.getPrimitive(aead, Aead.class), envelope);
        index = new KeysetFile<>(settings.directory(), "index", IndexKeys.CONFIGURATION, IndexKeys::of, envelope);
        tokens = new KeysetFile<>(settings.directory(), "jwt", TokenKeys.CONFIGURATION, TokenKeys::of, envelope);
        files = List.of(data, index, tokens);
        files.forEach(file -> Gauge.builder("miniplane.keyset.stale", file, f -> f.isStale() ? 1 : 0)
                .description("1 while the keyset file has changed into something that cannot be loaded")
                .tag("keyset", file.name())
                .register(meters));
        long interval = settings.poll().toMillis();
        watching = watcher.schedulePeriodically(this::refresh, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** Encrypts fields with the data keyset. */
    public FieldCipher fieldCipher() {
        return new FieldCipher(data::current);
    }

    /** Hashes values with the index keyset. */
    public BlindIndex blindIndex() {
        return new BlindIndex(index::current);
    }

    /** The token keyset as it is now. */
    public TokenKeys tokenKeys() {
        return tokens.current();
    }

    /** Which keys are loaded, one entry per keyset. */
    public List<LoadedKeys> loaded() {
        return files.stream().<LoadedKeys>map(KeysetFile::keys).toList();
    }

    /** Stops watching the files. */
    @Override
    public void close() {
        watching.dispose();
        watcher.dispose();
    }

    private void refresh() {
        files.forEach(Keysets::refresh);
    }

    private static void refresh(KeysetFile<?> file) {
        try {
            file.refresh();
        } catch (RuntimeException e) {
            // An exception must not end the watch.
            LOG.error("Cannot look at keyset {}: {}", file.name(), e.getMessage());
        }
    }
}

package io.miniplane.server.platform.crypto;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * One keyset file and the last good state read from it. A file that goes missing or bad later leaves that state in use.
 *
 * @param <T> what the keyset is opened as
 */
final class KeysetFile<T> {

    private static final Logger LOG = LogManager.getLogger(KeysetFile.class);
    private static final byte[] NOTHING = {};

    private final String name;
    private final Path path;
    private final Configuration configuration;
    private final Opening<T> opening;
    private final KeysetEnvelope envelope;
    private volatile State<T> state;
    private volatile boolean stale;
    private byte[] seen;
    private boolean again;
    private String complaint = "";

    /** @throws KeysetUnreadable when the file holds no usable keyset now */
    KeysetFile(Path directory, String name, Configuration configuration, Opening<T> opening, KeysetEnvelope envelope) {
        this.name = name;
        this.path = directory.resolve(name + ".json");
        this.configuration = configuration;
        this.opening = opening;
        this.envelope = envelope;
        this.seen = content();
        this.state = open(seen);
    }

    T current() {
        return state.opened();
    }

    LoadedKeys keys() {
        return state.keys();
    }

    String name() {
        return name;
    }

    /** Whether the file has changed into something that could not be loaded. */
    boolean isStale() {
        return stale;
    }

    /** Reads the file again; called by one thread only. */
    void refresh() {
        byte[] content = content();
        if (Arrays.equals(content, seen) && !again) {
            return;
        }
        seen = content;
        again = false;
        try {
            state = open(content);
            stale = false;
            complaint = "";
            LOG.info(
                    "Loaded keyset {}: primary key {} of keys {}",
                    name,
                    state.keys().primary(),
                    state.keys().all());
        } catch (KeysetUnreadable e) {
            stale = true;
            complain(String.valueOf(e.getMessage()));
        }
    }

    /** Says it once, for a key management service that is away is asked again at every look. */
    private void complain(String problem) {
        if (!problem.equals(complaint)) {
            complaint = problem;
            LOG.error("Keyset {} keeps its keys: {}", name, problem);
        }
    }

    private byte[] content() {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            return NOTHING;
        }
    }

    private State<T> open(byte[] content) {
        if (content.length == 0) {
            throw new KeysetUnreadable(path, "is missing, empty or not readable");
        }
        try {
            KeysetHandle handle = envelope.open(path, name, content, configuration);
            return new State<>(opening.open(handle), LoadedKeys.of(name, handle));
        } catch (KeysetUnreadable e) {
            throw e;
        } catch (KmsFailure e) {
            again = true;
            throw new KeysetUnreadable(path, String.valueOf(e.getMessage()), e.cure());
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // The cause may quote the file, so it goes nowhere.
            throw new KeysetUnreadable(path, "holds no usable " + name + " keyset in Tink's JSON format");
        }
    }

    /** Turns a parsed keyset into what its users need, and refuses a keyset of another kind. */
    @FunctionalInterface
    interface Opening<T> {
        T open(KeysetHandle handle) throws GeneralSecurityException, IOException;
    }

    private record State<T>(T opened, LoadedKeys keys) {}
}

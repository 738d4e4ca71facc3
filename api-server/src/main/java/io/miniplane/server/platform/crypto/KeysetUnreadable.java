package io.miniplane.server.platform.crypto;

import java.nio.file.Path;

/** A keyset file that is missing or holds no keyset of its kind; the message names the file and never quotes it. */
public final class KeysetUnreadable extends RuntimeException {

    private final String cure;

    KeysetUnreadable(Path file, String problem) {
        this(file, problem, "put it there, or set miniplane.keys.directory to its folder");
    }

    KeysetUnreadable(Path file, String problem, String cure) {
        super("the keyset file " + file.toAbsolutePath().normalize() + " " + problem);
        this.cure = cure;
    }

    /** What to do about it, without a full stop. */
    public String cure() {
        return cure;
    }
}

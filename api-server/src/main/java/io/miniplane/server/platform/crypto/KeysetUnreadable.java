package io.miniplane.server.platform.crypto;

import java.nio.file.Path;

/** A keyset file that is missing or holds no keyset of its kind; the message names the file and never quotes it. */
public final class KeysetUnreadable extends RuntimeException {

    KeysetUnreadable(Path file, String problem) {
        super("the keyset file " + file.toAbsolutePath().normalize() + " " + problem);
    }
}

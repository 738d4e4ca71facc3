package io.miniplane.server.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the servers of this JVM have logged; another JVM of the same build has a file of its own. */
public final class TestLog {

    private static final Path FILE = Path.of(System.getProperty("tests.log", "target/tests.log"));

    private TestLog() {}

    /** All of it. */
    public static String read() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

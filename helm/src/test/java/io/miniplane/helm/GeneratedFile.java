package io.miniplane.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A committed file that is made from others.
 *
 * @param path where it is committed
 * @param content what it has to contain
 */
record GeneratedFile(Path path, String content) {

    static final String REMEDY = "./mvnw -q -pl helm test -Dminiplane.regenerate";

    static boolean isToBeWritten() {
        return System.getProperty("miniplane.regenerate") != null;
    }

    /** Writes the file when this was asked for, else fails if it isn't up to date. */
    void checkOrWrite() throws IOException {
        if (isToBeWritten()) {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, content);
        }
        check();
    }

    void check() throws IOException {
        assertThat(Files.exists(path) ? Files.readString(path) : "")
                .as("%s is not up to date. Mend it: %s", path, REMEDY)
                .isEqualTo(content);
    }
}

package io.miniplane.server.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A committed file that is made from the sources.
 *
 * @param path where it is committed
 * @param content what it has to contain
 */
record GeneratedFile(Path path, String content) {

    static final String REMEDY =
            "./mvnw -q -pl api-server -am test -Dtest=GeneratedDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dminiplane.regenerate";

    /** Writes the file when this was asked for, else fails if it is not up to date. */
    void checkOrWrite() throws IOException {
        if (System.getProperty("miniplane.regenerate") != null) {
            Files.writeString(path, content);
        }
        check();
    }

    void check() throws IOException {
        assertThat(Files.exists(path) ? Files.readString(path) : "")
                .as("%s is not what the sources say. Mend it: %s", path, REMEDY)
                .isEqualTo(content);
    }
}

package io.miniplane.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A committed file that is made from the Java types.
 *
 * @param path where it is committed
 * @param content what it has to contain
 */
record GeneratedFile(Path path, String content) {

    static final String REMEDY = "./mvnw -q -pl crds test -Dtest=GeneratedFilesTest -Dminiplane.regenerate";

    /** Writes the file when this was asked for, else fails if it isn't up to date. */
    void checkOrWrite() throws IOException {
        if (System.getProperty("miniplane.regenerate") != null) {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, content);
        }
        check();
    }

    void check() throws IOException {
        assertThat(Files.exists(path) ? Files.readString(path) : "")
                .as("%s is not what the Java types say. Mend it: %s", path, REMEDY)
                .isEqualTo(content);
    }
}

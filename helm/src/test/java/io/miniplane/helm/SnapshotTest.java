package io.miniplane.helm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that the defaults make, so that a change of it is seen by whoever reviews it. */
class SnapshotTest {

    private static final Path SNAPSHOT = Path.of("src/test/resources/defaults.yaml");

    @TempDir
    private Path directory;

    @Test
    void theDefaultsMakeWhatIsCommitted() throws IOException {
        String rendered = Chart.copyIn(directory)
                .withoutDashboards()
                .with("templates/crd.yaml", "")
                .render(Map.of())
                .text()
                .replaceAll("password: [A-Za-z0-9]{32}", "password: (random)");
        new GeneratedFile(SNAPSHOT, rendered).checkOrWrite();
    }
}

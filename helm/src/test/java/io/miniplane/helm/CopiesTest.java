package io.miniplane.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Helm reads nothing outside of a chart, so it has copies of what the other folders own. */
class CopiesTest {

    private static final Path DASHBOARDS = Path.of("../dashboards");

    @TempDir
    private Path directory;

    @Test
    void definitionRightsAndAlertsAreThoseOfTheirOwners() throws IOException {
        for (Map.Entry<String, Path> copy : Map.of(
                        "files/crd.yaml", Path.of("../crds/miniprogrambackends.miniplane.io-v1.yml"),
                        "files/rbac.yaml", Path.of("../operator/src/main/kubernetes/rbac.yaml"),
                        "files/alerts.yaml", Path.of("../alerts/rules/operator.yaml"))
                .entrySet()) {
            new GeneratedFile(Chart.COMMITTED.resolve(copy.getKey()), Files.readString(copy.getValue())).checkOrWrite();
        }
    }

    @Test
    void dashboardsAreThoseOfTheRepository() throws IOException {
        var originals = new TreeMap<String, Path>();
        for (Path original : jsonIn(DASHBOARDS)) {
            originals.put(original.getFileName().toString(), original);
        }
        Path copies = Chart.COMMITTED.resolve("dashboards");
        if (GeneratedFile.isToBeWritten()) {
            for (Path copy : jsonIn(copies)) {
                Files.delete(copy);
            }
        }
        for (Map.Entry<String, Path> original : originals.entrySet()) {
            new GeneratedFile(copies.resolve(original.getKey()), Files.readString(original.getValue())).checkOrWrite();
        }
        Set<String> copied = jsonIn(copies).stream()
                .map(copy -> copy.getFileName().toString())
                .collect(Collectors.toSet());
        assertThat(copied).as(GeneratedFile.REMEDY).isEqualTo(originals.keySet());
    }

    @Test
    void aCopyThatDiffersIsNoticedWithTheCommandThatMendsIt() throws IOException {
        Path copy = Files.writeString(directory.resolve("copy.yaml"), "rules: [more]");
        assertThatThrownBy(() -> new GeneratedFile(copy, "rules: []").check())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(GeneratedFile.REMEDY);
    }

    private static List<Path> jsonIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }
}

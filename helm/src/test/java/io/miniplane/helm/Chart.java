package io.miniplane.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The chart as it is committed, or a copy that a test may spoil.
 *
 * @param directory where it is
 */
record Chart(Path directory) {

    static final Path COMMITTED = Path.of("miniplane");
    static final String OLDEST = "1.29.0";
    static final String NEWEST = "1.34.0";

    /** By this Helm would render what only {@code helm test} applies somewhere else than the rest. */
    private static final String HOOK = "    helm.sh/hook: test\n";

    /** A copy of what is committed, in which the objects of {@code helm test} are like all others. */
    static Chart copyIn(Path directory) {
        try (Stream<Path> files = Files.walk(COMMITTED)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve(COMMITTED.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replace(HOOK, ""));
            }
            return new Chart(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Chart with(String file, String content) {
        try {
            Files.createDirectories(directory.resolve(file).getParent());
            Files.writeString(directory.resolve(file), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Chart changed(String file, UnaryOperator<String> change) {
        try {
            return with(file, change.apply(Files.readString(directory.resolve(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Chart withoutDashboards() {
        for (Path dashboard : files("dashboards", ".json")) {
            try {
                Files.delete(dashboard);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    /** The files of a folder and those below it, by their names' end. */
    List<Path> files(String folder, String end) {
        if (!Files.isDirectory(directory.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Rendering render(Map<String, ?> values) {
        return render(values, NEWEST);
    }

    /**
     * Renders everything for a release {@code miniplane} in the namespace {@code miniplane-system}.
     *
     * @throws IllegalStateException when the chart refuses the values, with its sentence
     */
    Rendering render(Map<String, ?> values, String kubernetes) {
        try {
            Path file = Files.createTempFile("values", ".json");
            try {
                JsonMapper.shared().writeValue(file, values);
                return Rendering.of(new Helm(directory)
                        .template()
                        .withName("miniplane")
                        .withNamespace("miniplane-system")
                        .withKubeVersion(kubernetes)
                        .withValuesFile(file)
                        .call());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LintResult lint() {
        return new Helm(directory).lint().strict().call();
    }
}

package io.miniplane.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The manifests of the directory examples. */
final class Examples {

    private static final Path DIRECTORY = Definition.REPOSITORY.resolve("examples");

    private Examples() {}

    static List<Path> files() {
        try (var files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> documents() {
        return files().stream().flatMap(file -> documents(file).stream()).toList();
    }

    static List<JsonNode> documents(Path file) {
        try (var documents = Definition.YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode minimal() {
        return documents(DIRECTORY.resolve("minimal.yaml")).get(0);
    }
}

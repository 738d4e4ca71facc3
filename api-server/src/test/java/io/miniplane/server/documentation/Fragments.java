package io.miniplane.server.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is written by hand: what all operations share, and the tags, operations and words on records of each module.
 *
 * @param shared {@code miniplane.yaml}
 * @param tags in the order of their files
 * @param paths by path, then by method
 * @param schemas by class name below the base package
 */
record Fragments(ObjectNode shared, ArrayNode tags, ObjectNode paths, ObjectNode schemas) {

    private static final Path FOLDER = Path.of("src/main/openapi");
    private static final Path SHARED = FOLDER.resolve("miniplane.yaml");

    static Fragments read() throws IOException {
        JsonMapper mapper = JsonMapper.shared();
        Fragments fragments = new Fragments(
                tree(SHARED), mapper.createArrayNode(), mapper.createObjectNode(), mapper.createObjectNode());
        for (Path file : modules()) {
            ObjectNode module = tree(file);
            fragments.tags.addAll(module.path("tags").valueStream().toList());
            addAll(fragments.paths, module.path("paths"), file);
            addAll(fragments.schemas, module.path("schemas"), file);
        }
        return fragments;
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml") && !file.equals(SHARED))
                    .sorted()
                    .toList();
        }
    }

    private static void addAll(ObjectNode all, JsonNode some, Path file) {
        some.propertyStream().forEach(entry -> {
            if (all.has(entry.getKey())) {
                throw new IllegalStateException(file + " describes again what stands elsewhere: " + entry.getKey());
            }
            all.set(entry.getKey(), entry.getValue());
        });
    }

    private static ObjectNode tree(Path file) throws IOException {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        Object content = new Yaml(new SafeConstructor(strict)).load(Files.readString(file));
        return JsonMapper.shared().convertValue(content, ObjectNode.class);
    }
}

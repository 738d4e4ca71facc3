package io.miniplane.operator.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The documents of manifests.
 *
 * @param backends those that are backends
 * @param secrets the values of those that are Secrets, by namespace and name
 */
record ManifestFiles(List<GenericKubernetesResource> backends, Map<String, Map<String, Map<String, String>>> secrets) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String KIND = "MiniProgramBackend";

    /**
     * Reads files of any number of documents.
     *
     * @param names files, or {@code -} for the standard input
     * @param namespace namespace of documents that name none
     */
    static ManifestFiles read(List<String> names, String namespace) {
        var files = new ManifestFiles(new ArrayList<>(), new HashMap<>());
        names.forEach(name -> files.add(name, namespace));
        if (files.backends.isEmpty()) {
            throw new RefusedException(
                    "%s has no %s: name a manifest that has one with -f".formatted(String.join(", ", names), KIND));
        }
        return files;
    }

    /** The Secrets of a namespace, by name. */
    Map<String, Map<String, String>> secretsIn(String namespace) {
        return secrets.getOrDefault(namespace, Map.of());
    }

    private void add(String name, String namespace) {
        try (InputStream in = name.equals("-") ? System.in : Files.newInputStream(Path.of(name));
                MappingIterator<JsonNode> documents =
                        YAML.readerFor(JsonNode.class).readValues(in)) {
            while (documents.hasNextValue()) {
                add(documents.nextValue(), namespace);
            }
        } catch (JsonProcessingException e) {
            throw new RefusedException("%s is no YAML: %s".formatted(name, e.getOriginalMessage()));
        } catch (IOException e) {
            throw new RefusedException(
                    "%s can't be read: name a file with -f, or - for the standard input".formatted(name));
        }
    }

    private void add(JsonNode document, String namespace) throws JsonProcessingException {
        if (document.path("kind").asText().equals("Secret")) {
            secrets.computeIfAbsent(document.at("/metadata/namespace").asText(namespace), any -> new HashMap<>())
                    .put(document.at("/metadata/name").asText(), values(document));
        } else if (document.path("kind").asText().equals(KIND)) {
            var backend = YAML.treeToValue(document, GenericKubernetesResource.class);
            ObjectMeta metadata = backend.getMetadata();
            if (metadata == null
                    || metadata.getName() == null
                    || !document.path("spec").isObject()) {
                throw new RefusedException("A %s has no metadata.name or no spec: add what is missing".formatted(KIND));
            }
            if (metadata.getNamespace() == null) {
                metadata.setNamespace(namespace);
            }
            backends.add(backend);
        }
    }

    private static Map<String, String> values(JsonNode secret) {
        var values = new HashMap<String, String>();
        secret.path("data")
                .properties()
                .forEach(entry -> values.put(
                        entry.getKey(),
                        new String(
                                Base64.getMimeDecoder().decode(entry.getValue().asText()), StandardCharsets.UTF_8)));
        secret.path("stringData")
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }
}

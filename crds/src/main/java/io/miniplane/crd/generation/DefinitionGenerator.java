package io.miniplane.crd.generation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.io.File;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Generates the CustomResourceDefinition from the Java types and smooths what the library makes of them: columns stay
 * in the order of their annotations, rules are there once, the default of an object is made of the defaults of its
 * fields, and conditions are told apart by their type.
 */
final class DefinitionGenerator implements CRDPostProcessor {

    private static final List<String> COLUMNS = Arrays.stream(
                    MiniProgramBackend.class.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();

    private static final Map<String, String> PARTS = Map.of(
            "spec", "What the owner of the mini-program asks for.",
            "status", "What the operator reports; it alone writes here.");

    private DefinitionGenerator() {}

    /** Writes the definition into the directory that is the only argument. */
    public static void main(String[] arguments) {
        var directory = new File(arguments[0]);
        if (!directory.isDirectory() && !directory.mkdirs()) {
            throw new IllegalStateException("Can't make the directory " + directory);
        }
        new CRDGenerator()
                .customResourceClasses(MiniProgramBackend.class)
                .withPostProcessor(new DefinitionGenerator())
                // Without quotes kubectl reads the texts True and False of an enum as booleans.
                .withMinQuotes(false)
                .inOutputDir(directory)
                .generate();
    }

    @Override
    public HasMetadata process(HasMetadata resource, String version) {
        ((CustomResourceDefinition) resource).getSpec().getVersions().forEach(DefinitionGenerator::smooth);
        return resource;
    }

    private static void smooth(CustomResourceDefinitionVersion version) {
        version.getAdditionalPrinterColumns()
                .sort(Comparator.comparingInt(
                        (CustomResourceColumnDefinition column) -> COLUMNS.indexOf(column.getName())));
        var root = version.getSchema().getOpenAPIV3Schema();
        smooth(root);
        root.getProperties().forEach((name, part) -> part.setDescription(PARTS.get(name)));
    }

    private static void smooth(JSONSchemaProps schema) {
        schema.setXKubernetesValidations(
                schema.getXKubernetesValidations().stream().distinct().toList());
        schema.getProperties().values().forEach(DefinitionGenerator::smooth);
        if (schema.getDefault() instanceof ObjectNode) {
            schema.setDefault(defaultsOf(schema.getProperties()));
        }
        schema.getProperties().computeIfPresent("conditions", DefinitionGenerator::keyedByType);
        if (schema.getItems() != null) {
            smooth(schema.getItems().getSchema());
        }
        if (schema.getAdditionalProperties() != null) {
            smooth(schema.getAdditionalProperties().getSchema());
        }
    }

    private static JSONSchemaProps keyedByType(String name, JSONSchemaProps list) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(List.of("type"));
        return list;
    }

    private static ObjectNode defaultsOf(Map<String, JSONSchemaProps> properties) {
        var defaults = JsonNodeFactory.instance.objectNode();
        properties.forEach((name, property) -> {
            if (property.getDefault() != null) {
                defaults.set(name, property.getDefault());
            }
        });
        return defaults;
    }
}

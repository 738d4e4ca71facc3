package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads backends whatever is in them: with a newer definition, some fields and values may be strange to these types. One of them must not keep
 * all backends from being read. So what is strange is taken out; a value is noted and its default put in its place.
 */
final class BackendReader extends JsonDeserializer<MiniProgramBackend> {

    /** Fields and values that are taken out of one manifest at most: a default that can't be read would come again and again. */
    private static final int MOST = 100;

    private static final int LONGEST_VALUE = 60;

    @Override
    public MiniProgramBackend deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode manifest = context.readTree(parser);
        var unreadable = new ArrayList<String>();
        var backend = new MiniProgramBackend();
        backend.setMetadata(context.readTreeAsValue(manifest.path("metadata"), ObjectMeta.class));
        backend.setSpec(read(manifest, "spec", MiniProgramBackendSpec.class, unreadable, context));
        backend.setStatus(read(manifest, "status", MiniProgramBackendStatus.class, new ArrayList<>(), context));
        backend.setUnreadable(unreadable);
        return backend;
    }

    private static <T> @Nullable T read(
            JsonNode manifest, String part, Class<T> type, List<String> unreadable, DeserializationContext context)
            throws IOException {
        if (!manifest.path(part).isObject()) {
            return null;
        }
        for (int left = MOST; ; left--) {
            try {
                return context.readTreeAsValue(manifest.get(part), type);
            } catch (JsonMappingException strange) {
                if (left == 0 || strange.getPath().isEmpty()) {
                    throw strange;
                }
                String taken = part + takeOut(manifest.get(part), strange);
                if (!(strange instanceof UnrecognizedPropertyException)) {
                    unreadable.add(taken);
                    BackendManifest.fillIn(manifest);
                }
            }
        }
    }

    /** Removes what can't be read and says where and what it was. */
    private static String takeOut(JsonNode part, JsonMappingException strange) throws JsonProcessingException {
        List<Reference> path = strange.getPath();
        JsonNode parent = part;
        for (Reference step : path.subList(0, path.size() - 1)) {
            parent = child(parent, step);
        }
        Reference last = path.get(path.size() - 1);
        JsonNode taken;
        if (parent instanceof ObjectNode object && object.has(last.getFieldName())) {
            taken = object.remove(last.getFieldName());
        } else if (parent instanceof ArrayNode list && list.has(last.getIndex())) {
            taken = list.remove(last.getIndex());
        } else {
            throw strange;
        }
        return path.stream().map(BackendReader::place).collect(Collectors.joining()) + value(taken);
    }

    private static JsonNode child(JsonNode parent, Reference step) {
        return step.getFieldName() == null ? parent.path(step.getIndex()) : parent.path(step.getFieldName());
    }

    private static String place(Reference step) {
        return step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName();
    }

    private static String value(JsonNode taken) {
        String text = taken.isValueNode() ? taken.asText() : "";
        return text.isEmpty() || text.length() > LONGEST_VALUE ? "" : " (\"" + text + "\")";
    }
}

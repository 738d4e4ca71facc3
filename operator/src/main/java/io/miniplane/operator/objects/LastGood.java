package io.miniplane.operator.objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.miniplane.crd.v1alpha1.BackendManifest;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a backend ran when all its pods were last seen ready, and which versions have failed since.
 *
 * @param version digest of the pods, as {@link BackendObjects#version} gives it
 * @param spec the manifest's spec without what is followed at once whatever the pods run, such as features
 * @param image container image of the servers
 * @param credentials what the servers signed in with, by property
 * @param failures the versions that failed, and why
 * @param trial the version that is on trial, if any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LastGood(
        String version,
        JsonNode spec,
        String image,
        Map<String, String> credentials,
        Map<String, Failure> failures,
        @Nullable Trial trial) {

    /** Fields that no pod has to be replaced for: going back must not take them back. */
    private static final List<JsonPointer> FOLLOWED = Stream.of(
                    "/paused",
                    "/features",
                    "/alerts",
                    "/reports",
                    "/rollout",
                    "/keys/rotateEvery",
                    "/api/replicas",
                    "/api/tiers",
                    "/worker/replicas",
                    "/worker/queue",
                    "/worker/behavior")
            .map(JsonPointer::compile)
            .toList();

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .addModule(new JavaTimeModule())
            .build();

    /** Copies and orders the maps. */
    public LastGood {
        credentials = new TreeMap<>(credentials);
        failures = new TreeMap<>(failures);
    }

    /** Remembers a backend all of whose pods are ready. */
    public static LastGood of(Backend good, String version, Map<String, Failure> failures) {
        JsonNode spec = JSON.valueToTree(good.spec());
        FOLLOWED.forEach(field -> parent(spec, field).ifPresent(it -> it.remove(nameOf(field))));
        return new LastGood(version, spec, good.image(), good.credentials().properties(), failures, null);
    }

    /** The same with other failures. */
    public LastGood with(Map<String, Failure> others) {
        return new LastGood(version, spec, image, credentials, others, trial);
    }

    /** The same with another version on trial, or with none. */
    public LastGood trying(@Nullable Trial other) {
        return new LastGood(version, spec, image, credentials, failures, other);
    }

    /**
     * The backend as it was, but with what is followed at once as it is now.
     *
     * @throws UncheckedIOException when it was remembered by an operator so much newer that this one can't read it
     */
    public Backend over(MiniProgramBackend now) {
        JsonNode wanted = JSON.valueToTree(now.getSpec());
        ObjectNode was = spec.deepCopy();
        FOLLOWED.forEach(field -> parent(was, field)
                .filter(it -> wanted.at(field).isValueNode() || wanted.at(field).isContainerNode())
                .ifPresent(it -> it.set(nameOf(field), wanted.at(field))));
        byte[] manifest =
                JSON.createObjectNode().<ObjectNode>set("spec", was).toString().getBytes(StandardCharsets.UTF_8);
        MiniProgramBackend before = BackendManifest.read(new ByteArrayInputStream(manifest));
        before.setMetadata(now.getMetadata());
        before.setStatus(now.getStatus());
        return new Backend(before, image, new Credentials(credentials));
    }

    /** Reads what {@link #text} wrote; nothing when it is something else. */
    static Optional<LastGood> read(String text) {
        try {
            LastGood read = JSON.readValue(text, LastGood.class);
            return read.version() == null || !(read.spec() instanceof ObjectNode)
                    ? Optional.empty()
                    : Optional.of(read);
        } catch (JsonProcessingException | RuntimeException damaged) {
            return Optional.empty();
        }
    }

    String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and trees are always JSON.", e);
        }
    }

    /** Names no secrets. */
    @Override
    public String toString() {
        return "LastGood " + version;
    }

    private static Optional<ObjectNode> parent(JsonNode spec, JsonPointer field) {
        return spec.at(field.head()) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }

    private static String nameOf(JsonPointer field) {
        return field.last().getMatchingProperty();
    }
}

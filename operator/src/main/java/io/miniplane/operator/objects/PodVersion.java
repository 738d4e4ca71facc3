package io.miniplane.operator.objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/** Stamps a pod template with a digest of itself, so that pods made from one can be told from those of another. */
final class PodVersion {

    private static final int BYTES = 8;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private PodVersion() {}

    static PodTemplateSpec stamped(PodTemplateSpec template) {
        return new PodTemplateSpecBuilder(template)
                .editMetadata()
                .addToLabels(Backend.VERSION, digest(template))
                .endMetadata()
                .build();
    }

    /** The version of the pods that a Deployment makes; empty for one that was not rendered here. */
    static String of(Deployment deployment) {
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        return labels == null ? "" : Objects.requireNonNullElse(labels.get(Backend.VERSION), "");
    }

    private static String digest(PodTemplateSpec template) {
        try {
            byte[] text = JSON.writeValueAsString(template).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, BYTES);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("A pod template is always JSON, and every JDK has SHA-256.", e);
        }
    }
}

package io.miniplane.operator.objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.miniplane.crd.v1alpha1.KeysStatus.Phase;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the replacement of a backend's keys stands. It lies beside the keys in their Secret, so that one write changes
 * both or neither; it holds ids and times, no key.
 *
 * @param phase the phase
 * @param since when the phase began
 * @param primaryMadeAt when the keys were made that encrypt and sign
 * @param newest id of the newest key of each keyset, by the name of the keyset; none before the first rotation
 */
public record KeyRotation(Phase phase, Instant since, Instant primaryMadeAt, Map<String, Long> newest) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Orders the ids. */
    public KeyRotation {
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(primaryMadeAt, "primaryMadeAt");
        newest = new TreeMap<>(Objects.requireNonNullElse(newest, Map.of()));
    }

    /** Keys that were never replaced. */
    static KeyRotation none(Instant madeAt) {
        return new KeyRotation(Phase.STABLE, madeAt, madeAt, Map.of());
    }

    /** Whether no replacement is under way. */
    public boolean isStable() {
        return phase == Phase.STABLE;
    }

    /** New keys are there, with these ids. */
    KeyRotation introduced(Map<String, Long> ids, Instant now) {
        return new KeyRotation(Phase.INTRODUCED, now, primaryMadeAt, ids);
    }

    /** They encrypt and sign from now on. */
    KeyRotation promoted(Instant now) {
        return new KeyRotation(Phase.PRIMARY, now, since, newest);
    }

    /** Nobody encrypts or signs with the older ones any more. */
    KeyRotation retiring(Instant now) {
        return new KeyRotation(Phase.RETIRED, now, primaryMadeAt, newest);
    }

    /** The older ones are gone. */
    KeyRotation completed(Instant now) {
        return new KeyRotation(Phase.STABLE, now, primaryMadeAt, newest);
    }

    /** Reads what {@link #text} wrote; nothing when it is something else. */
    static Optional<KeyRotation> read(String text) {
        try {
            return Optional.ofNullable(JSON.readValue(text, KeyRotation.class));
        } catch (JsonProcessingException | RuntimeException damaged) {
            return Optional.empty();
        }
    }

    String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts, numbers and times are always JSON.", e);
        }
    }
}

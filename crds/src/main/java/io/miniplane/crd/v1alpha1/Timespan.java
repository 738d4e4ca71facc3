package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A length of time as Kubernetes writes it: whole numbers, each with its unit, such as {@code 90s}, {@code 10m} or
 * {@code 1h30m}.
 *
 * @param text as the manifest has it
 */
public record Timespan(@JsonValue String text) {

    private static final Pattern PART = Pattern.compile("([0-9]+)(h|ms|m|s)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("h", ChronoUnit.HOURS, "m", ChronoUnit.MINUTES, "s", ChronoUnit.SECONDS, "ms", ChronoUnit.MILLIS);

    /** Takes the text of a manifest; the API server has checked its shape. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Timespan {}

    /** This length of time for computing with; text that is no length of time counts as zero. */
    public Duration duration() {
        return PART.matcher(text)
                .results()
                .map(part ->
                        Duration.of(Long.parseLong(part.group(1)), Objects.requireNonNull(UNITS.get(part.group(2)))))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public String toString() {
        return text;
    }
}

package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where traces go and how many of them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Observability(
        @JsonPropertyDescription("Address of an OTLP receiver (http/protobuf), for example "
                + "http://collector.observability:4318. Empty or absent: no traces are sent.")
        @Size(max = Shapes.URL_LENGTH)
        @Pattern("^(https?://[^/?# ]+(/[^?# ]*)?)?$")
        @ValidationRule(
                value = "self == '' || " + Shapes.URL_RULE,
                message = Shapes.URL_CURE + "http://collector.observability:4318; or leave it out")
        @Nullable
        String otlpEndpoint,

        @JsonPropertyDescription("Part of the requests that are traced, 0 to 1. Absent: 1 in dev, 0.1 elsewhere.")
        @Nullable
        @Min(0)
        @Max(1)
        Double samplingRatio) {

    /** The part of the requests that are traced, 0 to 1: as asked for, else by the environment. */
    public double samplingRatioIn(Environment environment) {
        if (samplingRatio != null) {
            return samplingRatio;
        }
        return environment == Environment.DEV ? 1 : 0.1;
    }
}

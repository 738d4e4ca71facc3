package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** An inventory service of the team's own. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Inventory(
        @JsonPropertyDescription("Where the service is. While it is away orders are taken and wait in the queue.")
        @Size(max = Shapes.URL_LENGTH)
        @Pattern(ADDRESS)
        @ValidationRule(
                value = "self.matches('" + ADDRESS + "')",
                message = "must start with https:// or http:// and a host, without query or a slash at the end, for "
                        + "example https://stock.example/v1")
        @Required
        String url,

        @JsonPropertyDescription(
                "What is sent to the service as a bearer token: 1 to 4096 visible ASCII characters. " + "Absent: none.")
        @Nullable
        SecretKeyRef tokenRef,

        @JsonPropertyDescription("The longest that a call with its repetitions may take; 100ms to 10s.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.TIMESPAN)
        @ValidationRule(
                value = Shapes.TIMESPAN_RULE
                        + "duration(self) >= duration('100ms') && duration(self) <= duration('10s')",
                message = Shapes.TIMESPAN_CURE + "100ms to 10s")
        @Default("3s")
        Timespan timeLimit) {

    private static final String ADDRESS = "^https?://[^/?# ]+(/[^/?# ]+)*$";
}

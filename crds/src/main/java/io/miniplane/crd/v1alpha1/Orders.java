package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How long orders wait. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Orders(
        @JsonPropertyDescription(
                "How long a confirmed order can be paid; after it the order is cancelled and its goods are back in the "
                        + "stock. 1m to 12h.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.TIMESPAN)
        @ValidationRule(
                value = Shapes.TIMESPAN_RULE + "duration(self) >= duration('1m') && duration(self) <= duration('12h')",
                message = Shapes.TIMESPAN_CURE + "1m to 12h")
        @Default("30m")
        Timespan paymentTimeout,

        @JsonPropertyDescription("How long after its shipment an order is completed though nobody said that the goods "
                + "came. 1h to 9600h.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.TIMESPAN)
        @ValidationRule(
                value = Shapes.TIMESPAN_RULE
                        + "duration(self) >= duration('1h') && duration(self) <= duration('9600h')",
                message = Shapes.TIMESPAN_CURE + "1h to 9600h")
        @Default("240h")
        Timespan completedAfter) {}

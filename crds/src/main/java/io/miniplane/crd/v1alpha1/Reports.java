package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Reports: when they are made and what they count. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reports(
        @JsonPropertyDescription("The report of the month before. Absent: not made on a schedule.") @Nullable
        MonthlyReport monthly,

        @JsonPropertyDescription("Time zone in which days and months begin and end, that of the shop's books. Absent: "
                + "Asia/Shanghai.")
        @Size(max = 64)
        @Pattern(ZONE)
        @ValidationRule(
                value = "self.matches('" + ZONE + "')",
                message = "must be the name of a time zone, for example Asia/Shanghai or UTC")
        @Nullable
        String zone,

        @JsonPropertyDescription("How many products a report names, 1 to 1000. Absent: 20.")
        @Min(1)
        @Max(1000)
        @Nullable
        Integer topProducts) {

    private static final String ZONE = "^[A-Z][A-Za-z0-9_+-]*(/[A-Z][A-Za-z0-9_+-]*)*$";
}

package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** When the monthly report is made. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MonthlyReport(
        @JsonPropertyDescription("Cron schedule with five fields (minute, hour, day, month, weekday), in UTC.")
        @Size(max = 100)
        @Pattern("^[0-9A-Za-z*/,-]+( [0-9A-Za-z*/,-]+){4}$")
        @ValidationRule(
                value = "self.matches('^[0-9A-Za-z*/,-]+( [0-9A-Za-z*/,-]+){4}$')",
                message = "must be a cron schedule of five fields (minute, hour, day, month, weekday), for example "
                        + "0 3 1 * *")
        @Default("0 3 1 * *")
        String schedule) {}

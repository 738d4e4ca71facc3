package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** When the monthly report is made. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MonthlyReport(
        @JsonPropertyDescription("Cron schedule with five fields (minute, hour, day, month, weekday), in UTC.") @Default("0 3 1 * *") String schedule) {}

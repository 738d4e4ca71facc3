package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Reports made on a schedule. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reports(
        @JsonPropertyDescription("The report of the month before. Absent: not made on a schedule.") @Nullable
        MonthlyReport monthly) {}

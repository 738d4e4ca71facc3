package io.miniplane.server.report.infrastructure;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How reports are made.
 *
 * @param zone the time zone in which days and months begin and end, that of the shop's books
 * @param topProducts how many products a report names, 1 to 1000
 */
@Validated
@ConfigurationProperties("miniplane.reports")
record ReportSettings(
        @DefaultValue("Asia/Shanghai") ZoneId zone,

        @Min(value = 1, message = "set it to a number from 1 to 1000")
        @Max(value = 1000, message = "set it to a number from 1 to 1000")
        @DefaultValue("20")
        int topProducts) {}

package io.miniplane.server.platform.audit;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long the audit log is kept.
 *
 * @param retention after it a row is deleted, 30 days or more, which the database itself insists on
 */
@Validated
@ConfigurationProperties("miniplane.audit")
record AuditSettings(
        @DurationMin(days = 30, message = "set it to 30d or more") @DefaultValue("400d")
        Duration retention) {}

package io.miniplane.server.platform.observability;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The port of the cluster.
 *
 * @param port 0 to 65535; 0 takes a free one
 */
@Validated
@ConfigurationProperties("management.server")
record ManagementSettings(
        @Min(value = 0, message = "set it to a port from 0 to 65535")
        @Max(value = 65535, message = "set it to a port from 0 to 65535")
        @DefaultValue("8081")
        int port) {}

package io.miniplane.server.platform.tracing;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where traces go.
 *
 * @param otlpEndpoint OTLP over HTTP; without a path, {@code /v1/traces} is added; empty where nothing collects
 * @param samplingRatio how many of the requests that begin a trace here are exported, 0 to 1
 */
@Validated
@ConfigurationProperties("miniplane.observability")
record TracingSettings(
        @Pattern(
                regexp = "^$|^https?://[^\\s/]+(/\\S*)?$",
                message = "set it to an address such as http://collector:4318, or leave it empty")
        @DefaultValue("")
        String otlpEndpoint,

        @DecimalMin(value = "0", message = "set it to a number from 0 to 1")
        @DecimalMax(value = "1", message = "set it to a number from 0 to 1")
        @DefaultValue("0.1")
        double samplingRatio) {

    /** Where the collector is, without what signs in to it. */
    String place() {
        return tracesAddress().replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public String toString() {
        return "TracingSettings[" + place() + "]";
    }

    /** The full address of the collector's trace receiver. */
    String tracesAddress() {
        boolean bare = otlpEndpoint.indexOf('/', otlpEndpoint.indexOf("//") + 2) < 0;
        String base = otlpEndpoint.endsWith("/") ? otlpEndpoint.substring(0, otlpEndpoint.length() - 1) : otlpEndpoint;
        return bare || base.length() < otlpEndpoint.length() ? base + "/v1/traces" : otlpEndpoint;
    }
}

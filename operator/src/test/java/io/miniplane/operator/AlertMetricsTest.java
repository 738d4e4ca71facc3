package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The operator's alerts ask for what it tells; OperationIT sees the other metric on a running operator. */
class AlertMetricsTest {

    @Test
    void alertsUseThreeMetricsOfTheOperator() throws IOException {
        String rules = Files.readString(Path.of("../alerts/rules/operator.yaml"));
        assertThat(Pattern.compile("\\b(?:miniplane|operator_sdk)_\\w+")
                        .matcher(rules)
                        .results()
                        .map(MatchResult::group))
                .containsOnly(
                        "miniplane_backends",
                        "miniplane_key_rotation_overdue_seconds",
                        "operator_sdk_reconciliations_failed_total");
    }

    @Test
    void aFailedReconciliationIsCountedByItsKind() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        MicrometerMetrics.withoutPerResourceMetrics(registry)
                .failedReconciliation(
                        new MiniProgramBackend(),
                        new IllegalStateException("no"),
                        Map.of(Constants.RESOURCE_GVK_KEY, GroupVersionKind.gvkFor(MiniProgramBackend.class)));

        assertThat(registry.scrape())
                .containsPattern(
                        "operator_sdk_reconciliations_failed_total\\{[^}]*kind=\"MiniProgramBackend\"[^}]*} 1");
    }
}

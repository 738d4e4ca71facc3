package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleSpec;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.RuleGroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The alert rules that Miniplane ships, narrowed down to one backend and its thresholds. */
final class AlertRules {

    private static final String FILE = "/io/miniplane/operator/alerts/backend.yaml";
    private static final String ALL_BACKENDS = "namespace=~\".+\",pod=~\".+-api-[a-z0-9]+-[a-z0-9]+\"";
    private static final String LATENCY = "HighRequestLatency";
    private static final Pattern THRESHOLD = Pattern.compile("> [0-9.]+$");

    private static final String RUNBOOK_URL = "runbook_url";
    private static final String RUNBOOKS = "alerts/runbooks";

    private final String yaml;
    private final String runbooks;

    private AlertRules(String yaml, String runbooks) {
        this.yaml = yaml;
        this.runbooks = runbooks;
    }

    /** @param runbooks stands in for the folder of the repository that the rules point to */
    static AlertRules fromClassPath(String runbooks) {
        try (InputStream file = AlertRules.class.getResourceAsStream(FILE)) {
            return new AlertRules(
                    new String(Objects.requireNonNull(file, FILE).readAllBytes(), StandardCharsets.UTF_8), runbooks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<RuleGroup> groupsFor(Backend backend) {
        List<RuleGroup> groups =
                Serialization.unmarshal(yaml, PrometheusRuleSpec.class).getGroups();
        groups.forEach(group -> group.getRules().forEach(rule -> narrow(rule, backend)));
        return groups;
    }

    private void narrow(Rule rule, Backend backend) {
        String one = "namespace=\"%s\",pod=~\"%s-[a-z0-9]+-[a-z0-9]+\""
                .formatted(backend.namespace(), Component.API.nameFor(backend.name()));
        String expression = rule.getExpr().getStrVal().replace(ALL_BACKENDS, one);
        if (LATENCY.equals(rule.getAlert())) {
            expression = THRESHOLD
                    .matcher(expression)
                    .replaceFirst(
                            "> " + seconds(backend.spec().alerts().p99Latency().duration()));
        }
        rule.setExpr(new IntOrString(expression));
        rule.setLabels(labels(rule, backend));
        rule.getAnnotations().computeIfPresent(RUNBOOK_URL, (name, page) -> page.replace(RUNBOOKS, runbooks));
    }

    private static Map<String, String> labels(Rule rule, Backend backend) {
        var labels = new TreeMap<String, String>();
        labels.putAll(rule.getLabels());
        labels.put("backend", backend.name());
        labels.putAll(backend.spec().alerts().labels());
        return labels;
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}

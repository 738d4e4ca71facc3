package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleSpec;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.RuleGroup;
import io.miniplane.crd.v1alpha1.Alerts;
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
    private static final String ANY_NAMESPACE = "namespace=~\".+\"";
    private static final String ANY_BACKEND = "backend=~\".*\"";
    private static final String ANY_NAME_BEFORE = "=~\".+-";

    /** A threshold stands before the field of the spec that decides on it. */
    private static final Pattern THRESHOLD = Pattern.compile("[0-9.]+ # (spec\\.[A-Za-z.0-9]+)");

    private static final String RUNBOOK_URL = "runbook_url";
    private static final String RUNBOOKS = "alerts/runbooks";
    private static final String DASHBOARD_URL = "dashboard_url";

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
        String expression = rule.getExpr()
                .getStrVal()
                .replace(ANY_NAMESPACE, "namespace=\"%s\"".formatted(backend.namespace()))
                .replace(ANY_BACKEND, "backend=\"%s\"".formatted(backend.name()))
                .replace(ANY_NAME_BEFORE, "=~\"%s-".formatted(backend.name()));
        rule.setExpr(new IntOrString(withThresholds(expression, backend.spec().alerts())));
        rule.setLabels(labels(rule, backend));
        if (rule.getAlert() != null) {
            rule.getAnnotations().computeIfPresent(RUNBOOK_URL, (name, page) -> page.replace(RUNBOOKS, runbooks));
            rule.getAnnotations()
                    .computeIfPresent(DASHBOARD_URL, (name, path) -> path + "&var-backend=" + backend.name());
        }
    }

    private static String withThresholds(String expression, Alerts alerts) {
        return THRESHOLD.matcher(expression).replaceAll(found -> threshold(found.group(1), alerts));
    }

    private static String threshold(String field, Alerts alerts) {
        return switch (field) {
            case "spec.alerts.p99Latency" -> seconds(alerts.p99Latency().duration());
            case "spec.alerts.queueBacklog" -> String.valueOf(alerts.queueBacklog());
            default -> throw new IllegalStateException("No threshold is called " + field);
        };
    }

    /** Recorded series have the name of the backend, by which alerts find them; the team's labels are for alerts. */
    private static Map<String, String> labels(Rule rule, Backend backend) {
        var labels = new TreeMap<String, String>();
        labels.put("backend", backend.name());
        if (rule.getAlert() != null) {
            labels.putAll(rule.getLabels());
            labels.putAll(backend.spec().alerts().labels());
        }
        return labels;
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}

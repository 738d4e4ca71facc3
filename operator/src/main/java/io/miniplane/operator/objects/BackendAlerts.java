package io.miniplane.operator.objects;

import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleBuilder;

/** The alerts of a backend, where a Prometheus operator takes them. */
final class BackendAlerts extends OwnedObject<PrometheusRule> {

    private final AlertRules rules;

    /** @param runbooks where alerts send people: a folder of pages */
    BackendAlerts(String runbooks) {
        super(PrometheusRule.class, backend -> backend);
        rules = AlertRules.fromClassPath(runbooks);
    }

    @Override
    PrometheusRule render(Backend backend) {
        return new PrometheusRuleBuilder()
                .withMetadata(backend.metadata(backend.name(), "backend"))
                .withNewSpec()
                .withGroups(rules.groupsFor(backend))
                .endSpec()
                .build();
    }
}

package io.miniplane.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.miniplane.operator.AuditLog.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The smallest part of a role that can be taken away.
 *
 * @param namespace where it holds; nothing means everywhere
 * @param name of the only object that it is for, if it is for one
 */
record Right(String verb, String group, String resource, Optional<String> namespace, Optional<String> name) {

    /** All rights that the roles among some objects give. */
    static List<Right> in(List<HasMetadata> objects) {
        return objects.stream()
                .flatMap(object -> switch (object) {
                    case ClusterRole role -> of(role.getRules(), Optional.empty());
                    case Role role ->
                        of(role.getRules(), Optional.of(role.getMetadata().getNamespace()));
                    default -> Stream.<Right>empty();
                })
                .toList();
    }

    private static Stream<Right> of(List<PolicyRule> rules, Optional<String> namespace) {
        return rules.stream().flatMap(rule -> of(rule, namespace).stream());
    }

    private static List<Right> of(PolicyRule rule, Optional<String> namespace) {
        List<Optional<String>> names = rule.getResourceNames().isEmpty()
                ? List.of(Optional.empty())
                : rule.getResourceNames().stream().map(Optional::of).toList();
        var rights = new ArrayList<Right>();
        for (String group : rule.getApiGroups()) {
            for (String resource : rule.getResources()) {
                for (String verb : rule.getVerbs()) {
                    names.forEach(name -> rights.add(new Right(verb, group, resource, namespace, name)));
                }
            }
        }
        return rights;
    }

    /** Whether a request may be made because of it. */
    boolean allows(Request request) {
        return verb.equals(request.verb())
                && group.equals(request.group())
                && resource.equals(request.resource())
                && namespace.filter(only -> !only.equals(request.namespace())).isEmpty()
                && name.filter(only -> !only.equals(request.name())).isEmpty();
    }

    /** A rule that gives it and nothing else. */
    PolicyRule rule() {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withVerbs(verb)
                .withResourceNames(name.stream().toList())
                .build();
    }

    @Override
    public String toString() {
        return verb + " " + (group.isEmpty() ? "" : group + "/") + resource
                + name.map(only -> " " + only).orElse("")
                + namespace.map(only -> " in " + only).orElse("");
    }
}

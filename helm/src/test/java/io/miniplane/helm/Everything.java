package io.miniplane.helm;

import java.util.List;
import java.util.Map;

/** Values that let the chart make all it can make. */
final class Everything {

    static final Map<String, ?> VALUES = Map.ofEntries(
            Map.entry(
                    "operator",
                    Map.ofEntries(
                            Map.entry(
                                    "image",
                                    Map.of("registry", "registry.example:5000", "pullSecrets", List.of("pull"))),
                            Map.entry("environment", Map.of("HTTPS_PROXY", "http://proxy:3128")),
                            Map.entry("podAnnotations", Map.of("team", "platform")),
                            Map.entry("podLabels", Map.of("team", "platform")),
                            Map.entry("serviceAccountAnnotations", Map.of("team", "platform")),
                            Map.entry("nodeSelector", Map.of("kubernetes.io/os", "linux")),
                            Map.entry("tolerations", List.of(Map.of("key", "infra", "operator", "Exists"))),
                            Map.entry("affinity", Map.of("podAntiAffinity", Map.of())),
                            Map.entry("priorityClassName", "system-cluster-critical"))),
            Map.entry("server", Map.of("image", Map.of("digest", "sha256:" + "a".repeat(64)))),
            Map.entry("namespaces", List.of("shop", "miniplane-system")),
            Map.entry("runbookBaseUrl", "https://runbooks.example/miniplane/"),
            Map.entry(
                    "networkPolicy",
                    Map.of(
                            "metricsFrom",
                            List.of(Map.of(
                                    "namespaceSelector",
                                    Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", "monitoring")))))),
            Map.entry("serviceMonitor", Map.of("enabled", true, "labels", Map.of("release", "prometheus"))),
            Map.entry("prometheusRule", Map.of("enabled", true, "labels", Map.of("release", "prometheus"))),
            Map.entry("dashboards", Map.of("annotations", Map.of("grafana_folder", "Miniplane"))),
            Map.entry(
                    "simulator",
                    Map.of("enabled", true, "appsSecret", "apps", "image", Map.of("pullSecrets", List.of("pull")))));

    private Everything() {}
}

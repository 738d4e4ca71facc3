package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.miniplane.crd.v1alpha1.ApiStatus;
import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.Exposure;
import io.miniplane.crd.v1alpha1.KeysStatus;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendStatus;
import io.miniplane.crd.v1alpha1.WorkerStatus;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.Component;
import io.miniplane.operator.objects.Credentials;
import io.miniplane.operator.objects.KeysReport;
import io.miniplane.operator.rotation.KeyRotations;
import io.miniplane.operator.signals.Assessment;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts findings into the status of a backend. */
final class StatusReport {

    private final Clock clock;

    StatusReport(Clock clock) {
        this.clock = clock;
    }

    /** The status that follows; equal to the one reported when nothing changed. */
    MiniProgramBackendStatus of(MiniProgramBackend primary, Findings findings) {
        var backend = new Backend(primary, "", new Credentials(Map.of()));
        long generation = Objects.requireNonNullElse(primary.getMetadata().getGeneration(), 0L);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<Condition> reported = conditionsOf(primary);
        List<Condition> conditions = Conditions.judge(findings).stream()
                .map(verdict -> verdict.over(reported, generation, now))
                .toList();
        return new MiniProgramBackendStatus(
                generation,
                conditions,
                findings.api().deployment().map(StatusReport::imageOf).orElse(null),
                url(primary),
                findings.api()
                        .rollout()
                        .map(pods -> api(pods, findings.assessment()))
                        .orElse(null),
                findings.worker()
                        .rollout()
                        .map(pods -> worker(pods, findings.assessment()))
                        .orElse(null),
                keys(primary, findings.keys()),
                findings.canary().map(CanaryReport::status).orElse(null),
                selector(backend));
    }

    /** The conditions reported so far. */
    static List<Condition> conditionsOf(MiniProgramBackend primary) {
        return Optional.ofNullable(primary.getStatus())
                .map(MiniProgramBackendStatus::conditions)
                .orElse(List.of());
    }

    static String imageOf(Deployment deployment) {
        return deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    private static WorkerStatus worker(Rollout pods, Assessment assessment) {
        return new WorkerStatus(pods.replicas(), pods.ready(), assessment.queueLength());
    }

    private static ApiStatus api(Rollout pods, Assessment assessment) {
        return new ApiStatus(
                pods.replicas(), pods.ready(), pods.ready() + "/" + pods.wanted(), assessment.tier(), assessment.qps());
    }

    /** Keys that can't be seen stay on record: that there were keys is what keeps them from being replaced. */
    private static @Nullable KeysStatus keys(MiniProgramBackend primary, KeysReport report) {
        return report instanceof KeysReport.Usable usable
                ? new KeysStatus(
                        usable.primaryKeyId(),
                        usable.rotation().primaryMadeAt(),
                        KeyRotations.dueAt(usable.rotation(), primary),
                        usable.rotation().phase())
                : Optional.ofNullable(primary.getStatus())
                        .map(MiniProgramBackendStatus::keys)
                        .orElse(null);
    }

    private static String url(MiniProgramBackend primary) {
        Exposure exposure = primary.getSpec().exposure();
        return exposure == null
                ? "http://%s.%s.svc"
                        .formatted(
                                primary.getMetadata().getName(),
                                primary.getMetadata().getNamespace())
                : "https://" + exposure.host();
    }

    private static String selector(Backend backend) {
        return new TreeMap<>(backend.selector(Component.API))
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }
}

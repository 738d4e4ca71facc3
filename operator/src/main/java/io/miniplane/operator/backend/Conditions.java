package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.crd.v1alpha1.KeysStatus.Phase;
import io.miniplane.operator.metrics.MetricSource;
import io.miniplane.operator.objects.Component;
import io.miniplane.operator.objects.Credentials;
import io.miniplane.operator.objects.KeyRotation;
import io.miniplane.operator.objects.KeysReport;
import io.miniplane.operator.objects.LeftOut;
import io.miniplane.operator.rotation.KeyProgress;
import io.miniplane.operator.signals.DatabaseHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges findings: one verdict for each condition that can be known. */
final class Conditions {

    static final String READY = "Ready";
    static final String PROGRESSING = "Progressing";
    static final String DEGRADED = "Degraded";
    static final String CREDENTIALS = "CredentialsValid";
    static final String KEYS = "KeysReady";
    static final String AUTOSCALING = "AutoscalingActive";
    static final String KINDS = "KindsAvailable";
    static final String PAUSED = "Paused";

    private Conditions() {}

    static List<Verdict> judge(Findings findings) {
        var verdicts = new ArrayList<Verdict>();
        verdicts.add(ready(findings));
        verdicts.add(progressing(findings));
        verdicts.add(degraded(findings));
        verdicts.add(credentials(findings.credentials()));
        verdicts.add(keys(findings.keys(), findings.rotation()));
        verdicts.add(database(findings.assessment().database()));
        autoscaling(findings).ifPresent(verdicts::add);
        verdicts.add(kinds(findings.leftOut()));
        return verdicts;
    }

    /** Whether a backend is reported as ready. */
    static Status readiness(List<Condition> reported) {
        return reported.stream()
                .filter(condition -> READY.equals(condition.type()))
                .map(Condition::status)
                .findFirst()
                .orElse(Status.UNKNOWN);
    }

    private static Verdict ready(Findings findings) {
        if (findings.api().rollout().isEmpty()) {
            return blocked(findings)
                    .map(block -> Verdict.no(READY, block.reason(), block.message()))
                    .orElseGet(() -> Verdict.no(READY, "NotDeployed", "There are no servers yet"));
        }
        String pods = findings.api().ready() + " and " + findings.worker().ready() + " are ready";
        return findings.servers().stream().allMatch(Servers::areAvailable)
                ? Verdict.yes(READY, "Available", pods)
                : Verdict.no(READY, "Unavailable", pods);
    }

    private static Verdict progressing(Findings findings) {
        if (findings.paused()) {
            return Verdict.no(PROGRESSING, PAUSED, "Nothing is changed while spec.paused is true");
        }
        Optional<Verdict> block = blocked(findings);
        if (block.isPresent()) {
            return Verdict.no(
                    PROGRESSING, "Blocked", "Nothing is changed: " + block.get().message());
        }
        if (findings.canary().isPresent()) {
            return Verdict.yes(
                    PROGRESSING, CanaryReport.REASON, findings.canary().get().message());
        }
        if (findings.setback().orElse(null) instanceof Setback.RolledBack) {
            return Verdict.no(
                    PROGRESSING,
                    "RolledBack",
                    "What the manifest asks for failed; the last version that was ready runs");
        }
        String underWay = findings.servers().stream()
                .flatMap(servers -> servers.underWay().stream())
                .collect(Collectors.joining("; "));
        return underWay.isEmpty()
                ? Verdict.no(PROGRESSING, "Settled", "Everything is as the manifest asks")
                : Verdict.yes(PROGRESSING, "RollingOut", underWay);
    }

    private static Verdict degraded(Findings findings) {
        Optional<Verdict> block = blocked(findings);
        if (block.isPresent()) {
            return block.get();
        }
        if (findings.setback().isPresent()) {
            Setback setback = findings.setback().get();
            return Verdict.yes(DEGRADED, setback.reason(), setback.message());
        }
        if (findings.credentials() instanceof CredentialCheck.Outdated(Credentials _, String reason, String message)) {
            return Verdict.yes(DEGRADED, reason, message + "; until then the servers keep the credentials they have");
        }
        return findings.servers().stream()
                .flatMap(servers -> servers.rollout().flatMap(Rollout::problem).stream())
                .findFirst()
                .map(problem -> Verdict.yes(DEGRADED, "RolloutFailed", problem))
                .or(() -> missed(findings.leftOut()))
                .orElseGet(() -> Verdict.no(DEGRADED, "AsExpected", "Nothing is wrong"));
    }

    /** What the manifest asks for and the cluster has no kind for. */
    private static Optional<Verdict> missed(List<LeftOut> leftOut) {
        List<LeftOut> asked =
                leftOut.stream().filter(each -> each.provider().isAskedFor()).toList();
        return asked.stream()
                .findFirst()
                .map(first -> Verdict.yes(DEGRADED, first.provider().absence(), absence(asked)));
    }

    /** What keeps the operator from making things as the manifest asks. */
    private static Optional<Verdict> blocked(Findings findings) {
        if (findings.failure() != null) {
            return Optional.of(Verdict.yes(
                    DEGRADED, ApiFailure.reason(findings.failure()), ApiFailure.describe(findings.failure())));
        }
        if (findings.setback().orElse(null) instanceof Setback.NotUnderstood manifest) {
            return Optional.of(Verdict.yes(DEGRADED, manifest.reason(), manifest.message()));
        }
        if (findings.credentials() instanceof CredentialCheck.Invalid(String reason, String message)) {
            return Optional.of(Verdict.yes(DEGRADED, reason, message));
        }
        if (findings.keys() instanceof KeysReport.Lost || findings.keys() instanceof KeysReport.Broken) {
            Verdict keys = keys(findings.keys(), findings.rotation());
            return Optional.of(Verdict.yes(DEGRADED, keys.reason(), keys.message()));
        }
        return Optional.empty();
    }

    private static Verdict credentials(CredentialCheck check) {
        return switch (check) {
            case CredentialCheck.Valid _ -> Verdict.yes(CREDENTIALS, "Complete", "All referenced Secrets are usable");
            case CredentialCheck.Outdated(Credentials _, String reason, String message) ->
                Verdict.no(CREDENTIALS, reason, message);
            case CredentialCheck.Invalid(String reason, String message) -> Verdict.no(CREDENTIALS, reason, message);
        };
    }

    private static Verdict keys(KeysReport report, KeyProgress progress) {
        return switch (report) {
            case KeysReport.Usable usable -> usable(usable.rotation(), progress);
            case KeysReport.Absent(String secret) ->
                Verdict.no(KEYS, "NotCreated", "Secret %s is not made yet".formatted(secret));
            case KeysReport.Lost(String problem) -> Verdict.no(KEYS, "Lost", problem);
            case KeysReport.Broken(String problem) -> Verdict.no(KEYS, "Unreadable", problem);
        };
    }

    private static Verdict usable(KeyRotation rotation, KeyProgress progress) {
        String waitsFor = progress.waitsFor().map(": "::concat).orElse("");
        return rotation.isStable()
                ? Verdict.yes(KEYS, "Usable", "All keys are there" + waitsFor)
                : Verdict.yes(KEYS, "Rotating", words(rotation.phase()) + waitsFor);
    }

    private static String words(Phase phase) {
        return switch (phase) {
            case STABLE -> "No rotation is under way";
            case INTRODUCED -> "New keys are introduced";
            case PRIMARY -> "New keys encrypt and sign";
            case RETIRED -> "The old keys are being retired";
        };
    }

    private static Verdict database(DatabaseHealth health) {
        Status status =
                switch (health) {
                    case UP -> Status.TRUE;
                    case PARTLY, DOWN -> Status.FALSE;
                    case UNKNOWN -> Status.UNKNOWN;
                };
        return new Verdict(DatabaseHealth.CONDITION, status, health.reason(), health.message());
    }

    /** What the autoscalers say of themselves; those that can't act come alone. */
    private static Optional<Verdict> autoscaling(Findings findings) {
        List<Verdict> verdicts = Stream.concat(
                        queueMetric(findings.queueMetric()).stream(),
                        findings.servers().stream().flatMap(servers -> autoscaling(servers).stream()))
                .toList();
        List<Verdict> unable = verdicts.stream()
                .filter(verdict -> verdict.status() != Status.TRUE)
                .toList();
        List<Verdict> told = unable.isEmpty() ? verdicts : unable;
        String message = told.stream().map(Verdict::message).collect(Collectors.joining("; "));
        return told.stream()
                .findFirst()
                .map(first -> new Verdict(AUTOSCALING, first.status(), first.reason(), message));
    }

    private static Optional<Verdict> queueMetric(MetricSource source) {
        return source instanceof MetricSource.None(String reason, String message)
                ? Optional.of(
                        Verdict.no(AUTOSCALING, reason, "worker: its queues are not followed, its CPU is: " + message))
                : Optional.empty();
    }

    private static Optional<Verdict> autoscaling(Servers servers) {
        return servers.autoscaler()
                .map(HorizontalPodAutoscaler::getStatus)
                .flatMap(status -> status.getConditions().stream()
                        .filter(condition -> "ScalingActive".equals(condition.getType()))
                        .findFirst())
                .map(condition -> autoscaling(condition, servers.component()));
    }

    private static Verdict autoscaling(HorizontalPodAutoscalerCondition condition, Component component) {
        String reason = Objects.requireNonNullElse(condition.getReason(), "Unknown");
        String message = "%s: %s".formatted(component.label(), Objects.requireNonNullElse(condition.getMessage(), ""));
        return "True".equals(condition.getStatus())
                ? Verdict.yes(AUTOSCALING, reason, message)
                : Verdict.no(AUTOSCALING, reason, message);
    }

    private static Verdict kinds(List<LeftOut> leftOut) {
        return leftOut.stream()
                .findFirst()
                .map(first -> Verdict.no(KINDS, first.provider().absence(), absence(leftOut)))
                .orElseGet(() -> Verdict.yes(KINDS, "Complete", "The cluster knows every kind that is of use"));
    }

    /** What is not made, and what to install so that it is. */
    private static String absence(List<LeftOut> leftOut) {
        var byProvider = leftOut.stream()
                .collect(Collectors.groupingBy(
                        LeftOut::provider, TreeMap::new, Collectors.mapping(LeftOut::kind, Collectors.joining(", "))));
        return byProvider.entrySet().stream()
                .map(each -> "%s: left out, because the cluster has no %s"
                        .formatted(each.getValue(), each.getKey().product()))
                .collect(Collectors.joining("; ", "", "; installing it is noticed"));
    }
}

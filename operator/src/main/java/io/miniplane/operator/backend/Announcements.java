package io.miniplane.operator.backend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.crd.v1alpha1.KeysStatus;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendStatus;
import io.miniplane.crd.v1alpha1.RolloutStatus;
import io.miniplane.crd.v1alpha1.Tier;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.Change;
import io.miniplane.operator.objects.Credentials;
import io.miniplane.operator.objects.Scaling;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses what people are told: what was made or put right, and every turn of a condition that matters to them. */
final class Announcements {

    private final String instance;
    private @Nullable BackendEvents events;

    Announcements(String instance) {
        this.instance = instance;
    }

    void announce(
            MiniProgramBackend primary,
            MiniProgramBackendStatus status,
            List<Change> changes,
            List<Remark> remarks,
            KubernetesClient client) {
        BackendEvents to = eventsThrough(client);
        for (Change.Act act : Change.Act.values()) {
            tell(changes, act, primary, to);
        }
        remarks.forEach(remark -> to.normal(primary, remark.reason(), remark.message()));
        tellTier(primary, status, to);
        tellCanary(primary, status, to);
        tellKeys(primary, status, to);
        List<Condition> before = StatusReport.conditionsOf(primary);
        Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                .filter(now -> isTurn(now, before))
                .forEach(now -> tell(now, primary, to));
    }

    private static void tellTier(MiniProgramBackend primary, MiniProgramBackendStatus status, BackendEvents events) {
        Integer before = tierOf(primary.getStatus());
        Integer now = tierOf(status);
        if (before != null && now != null && !before.equals(now)) {
            Tier tier =
                    new Backend(primary, "", new Credentials(Map.of()), new Scaling(now, Scaling.Metric.NONE)).tier();
            events.normal(
                    primary,
                    now > before ? "TierRaised" : "TierLowered",
                    "Tier %d after tier %d: at least %d api pods, CPU target %d %%"
                            .formatted(now, before, tier.minReplicas(), tier.cpuUtilization()));
        }
    }

    /** Every step of a canary and its good end; a bad one is a condition. */
    private static void tellCanary(MiniProgramBackend primary, MiniProgramBackendStatus status, BackendEvents events) {
        RolloutStatus before = canaryOf(primary.getStatus());
        RolloutStatus now = status.rollout();
        if (now != null && (before == null || before.step() != now.step() || before.phase() != now.phase())) {
            events.normal(
                    primary,
                    "Canary" + now.phase().word(),
                    "Step %d of %d of the canary of image %s: %d %% of the traffic"
                            .formatted(now.step(), now.steps(), now.image(), now.weight()));
        }
        if (before != null && now == null && before.phase() == RolloutStatus.Phase.PROMOTING && isWell(status)) {
            events.normal(primary, "CanaryPromoted", "Image %s has all of the traffic".formatted(before.image()));
        }
    }

    private static boolean isWell(MiniProgramBackendStatus status) {
        return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                .noneMatch(
                        condition -> Conditions.DEGRADED.equals(condition.type()) && condition.status() == Status.TRUE);
    }

    private static @Nullable RolloutStatus canaryOf(@Nullable MiniProgramBackendStatus status) {
        return status == null ? null : status.rollout();
    }

    private static void tellKeys(MiniProgramBackend primary, MiniProgramBackendStatus status, BackendEvents events) {
        Optional<KeysStatus> before = Optional.ofNullable(primary.getStatus()).map(MiniProgramBackendStatus::keys);
        KeysStatus now = status.keys();
        if (now == null
                || now.phase() == null
                || before.isEmpty()
                || now.phase() == before.get().phase()) {
            return;
        }
        switch (now.phase()) {
            case INTRODUCED ->
                events.normal(
                        primary, "KeysIntroduced", "New keys are there; every pod has to load them before one is used");
            case PRIMARY -> events.normal(primary, "KeysPromoted", "Key %s encrypts".formatted(now.primaryKeyId()));
            case RETIRED ->
                events.normal(
                        primary,
                        "KeysRetiring",
                        "Every pod uses key %s: old rows are brought under it, and tokens of the old key run out"
                                .formatted(now.primaryKeyId()));
            case STABLE ->
                events.normal(
                        primary, "KeysRotated", "The old keys are gone; key %s encrypts".formatted(now.primaryKeyId()));
        }
    }

    private static @Nullable Integer tierOf(@Nullable MiniProgramBackendStatus status) {
        return status == null || status.api() == null ? null : status.api().tier();
    }

    private static void tell(List<Change> changes, Change.Act act, MiniProgramBackend primary, BackendEvents events) {
        String names = changes.stream()
                .filter(change -> change.act() == act)
                .map(change -> change.kind() + " " + change.name())
                .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            events.normal(primary, act.word(), act.word() + " " + names);
        }
    }

    private static void tell(Condition now, MiniProgramBackend primary, BackendEvents events) {
        switch (now.type()) {
            case Conditions.DEGRADED -> {
                if (now.status() == Status.TRUE) {
                    events.warning(primary, now.reason(), now.message());
                }
            }
            case Conditions.READY -> {
                if (now.status() == Status.TRUE) {
                    events.normal(primary, "Ready", now.message());
                }
            }
            case Conditions.PROGRESSING -> {
                if (!"Blocked".equals(now.reason()) && !CanaryReport.REASON.equals(now.reason())) {
                    events.normal(primary, now.reason(), now.message());
                }
            }
            default -> {}
        }
    }

    /** Whether a condition says something else than before, be it only for another reason. */
    private static boolean isTurn(Condition now, List<Condition> before) {
        return before.stream()
                .noneMatch(old -> old.type().equals(now.type())
                        && old.status() == now.status()
                        && old.reason().equals(now.reason())
                        && (now.status() != Status.TRUE
                                || !Conditions.DEGRADED.equals(now.type())
                                || old.message().equals(now.message())));
    }

    private synchronized BackendEvents eventsThrough(KubernetesClient client) {
        BackendEvents known = events;
        if (known == null) {
            known = new BackendEvents(client, Clock.systemUTC(), instance);
            events = known;
        }
        return known;
    }
}

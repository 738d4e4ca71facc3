package io.miniplane.operator.backend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendStatus;
import io.miniplane.crd.v1alpha1.Tier;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.Change;
import io.miniplane.operator.objects.Credentials;
import io.miniplane.operator.objects.Scaling;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            KubernetesClient client) {
        BackendEvents to = eventsThrough(client);
        for (Change.Act act : Change.Act.values()) {
            tell(changes, act, primary, to);
        }
        tellTier(primary, status, to);
        List<Condition> before = StatusReport.conditionsOf(primary);
        Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                .filter(now -> isTurn(now, before))
                .forEach(now -> tell(now, primary, to));
    }

    private static void tellTier(MiniProgramBackend primary, MiniProgramBackendStatus status, BackendEvents events) {
        Integer before = tierOf(primary.getStatus());
        Integer now = tierOf(status);
        if (before != null && now != null && !before.equals(now)) {
            Tier tier = new Backend(primary, "", new Credentials(Map.of()), new Scaling(now, false)).tier();
            events.normal(
                    primary,
                    now > before ? "TierRaised" : "TierLowered",
                    "Tier %d after tier %d: at least %d api pods, CPU target %d %%"
                            .formatted(now, before, tier.minReplicas(), tier.cpuUtilization()));
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
                if (!"Blocked".equals(now.reason())) {
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

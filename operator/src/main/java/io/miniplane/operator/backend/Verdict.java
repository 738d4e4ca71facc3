package io.miniplane.operator.backend;

import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.Condition.Status;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** One condition before it is compared with the one that is already reported. */
record Verdict(String type, Status status, String reason, String message) {

    static Verdict yes(String type, String reason, String message) {
        return new Verdict(type, Status.TRUE, reason, message);
    }

    static Verdict no(String type, String reason, String message) {
        return new Verdict(type, Status.FALSE, reason, message);
    }

    /** The condition to report; its time moves only when its status does. */
    Condition over(List<Condition> reported, long generation, Instant now) {
        Instant since = reported.stream()
                .filter(old -> old.type().equals(type) && old.status() == status)
                .map(Condition::lastTransitionTime)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(now);
        return new Condition(type, status, reason, message, generation, since);
    }
}

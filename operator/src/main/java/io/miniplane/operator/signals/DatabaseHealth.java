package io.miniplane.operator.signals;

import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.operator.signals.PodSignals.State;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the pods of a backend reach its database. */
public enum DatabaseHealth {
    /** All that could be asked do. */
    UP("Answers", "The database answers the pods"),
    /** Some do and some don't. */
    PARTLY("PartlyUnreachable", "The database answers some pods and others not"),
    /** None does. */
    DOWN("Unreachable", "The database answers no pod"),
    /** No pod could be asked. */
    UNKNOWN("NoSignals", "No pod tells whether it reaches the database");

    /** The condition that shows it. */
    public static final String CONDITION = "DatabaseReady";

    private final String reason;
    private final String message;

    DatabaseHealth(String reason, String message) {
        this.reason = reason;
        this.message = message;
    }

    /** It in one word. */
    public String reason() {
        return reason;
    }

    /** It in a sentence. */
    public String message() {
        return message;
    }

    /** What conditions say of it. */
    static DatabaseHealth reported(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> CONDITION.equals(condition.type()))
                .flatMap(
                        condition -> Arrays.stream(values()).filter(health -> health.reason.equals(condition.reason())))
                .findFirst()
                .orElse(UNKNOWN);
    }

    static DatabaseHealth of(List<PodReading> readings) {
        Set<State> told = readings.stream()
                .flatMap(reading -> reading.signals().stream())
                .map(PodSignals::database)
                .filter(state -> state != State.UNKNOWN)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(State.class)));
        if (told.size() == 2) {
            return PARTLY;
        }
        return told.isEmpty() ? UNKNOWN : told.contains(State.UP) ? UP : DOWN;
    }
}

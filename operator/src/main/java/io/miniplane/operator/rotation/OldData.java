package io.miniplane.operator.rotation;

import io.miniplane.operator.objects.KeyRotation;
import io.miniplane.operator.rotation.PhaseRules.Told;
import io.miniplane.operator.signals.PodSignals.Queue;
import io.miniplane.operator.signals.PodSignals.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells what is still under an old key that nobody writes with any more: rows of tables, and events in queues. */
final class OldData {

    private OldData() {}

    /**
     * What is left, for people; nothing when nothing is.
     *
     * @param told what the pods told
     * @param quiet when the last write under an old key was over
     */
    static Optional<String> objection(KeyRotation rotation, List<Told> told, Instant quiet) {
        return rows(rotation, told, quiet).or(() -> events(told, quiet));
    }

    private static Optional<String> rows(KeyRotation rotation, List<Told> told, Instant quiet) {
        List<String> tables = told.stream()
                .flatMap(pod -> pod.signals().reencryption().stream())
                .map(Table::table)
                .distinct()
                .sorted()
                .toList();
        if (tables.isEmpty()) {
            return Optional.of("no worker tells that rows are brought under the new keys");
        }
        return tables.stream()
                .filter(table -> told.stream().noneMatch(pod -> isDone(table, pod, rotation, quiet)))
                .findFirst()
                .map(table -> "rows of %s are being brought under the new keys%s".formatted(table, left(table, told)));
    }

    /** Workers know it from one place, so one that has heard of it is enough. */
    private static boolean isDone(String name, Told pod, KeyRotation rotation, Instant quiet) {
        return pod.signals().reencryption().stream()
                .filter(table -> name.equals(table.table()))
                .filter(table ->
                        Objects.equals(table.dataKey(), rotation.newest().get("data")))
                .filter(table -> table.indexKey() == 0
                        || Objects.equals(table.indexKey(), rotation.newest().get("index")))
                .flatMap(table -> Stream.ofNullable(table.passAgeSeconds()))
                .anyMatch(age -> pod.askedAt().minus(seconds(age)).isAfter(quiet));
    }

    private static String left(String name, List<Told> told) {
        return told.stream()
                .flatMap(pod -> pod.signals().reencryption().stream())
                .filter(table -> name.equals(table.table()) && table.remaining() > 0)
                .map(table -> ", %d are left".formatted(table.remaining()))
                .findFirst()
                .orElse("");
    }

    /** An event that was sealed before has to be handled: a broker holds it as it was sealed. */
    private static Optional<String> events(List<Told> told, Instant quiet) {
        Predicate<Told> handles = pod -> !pod.signals().queues().isEmpty();
        if (told.stream().noneMatch(handles)) {
            return Optional.of("no worker tells how old the events are that wait");
        }
        return told.stream()
                .flatMap(pod -> pod.signals().queues().stream().filter(queue -> !isYoung(queue, pod.askedAt(), quiet)))
                .map(queue -> "events in queue %s are from before%s"
                        .formatted(queue.name(), queue.problem() == null ? "" : ": " + queue.problem()))
                .sorted()
                .findFirst();
    }

    private static boolean isYoung(Queue queue, Instant askedAt, Instant quiet) {
        Double age = queue.oldestAgeSeconds();
        return age != null && !askedAt.minus(seconds(age)).isBefore(quiet);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}

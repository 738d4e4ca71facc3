package io.miniplane.operator.rotation;

import io.miniplane.operator.objects.KeyRotation;
import io.miniplane.operator.rotation.Judgement.Done;
import io.miniplane.operator.rotation.Judgement.Wait;
import io.miniplane.operator.signals.PodSignals;
import io.miniplane.operator.signals.PodSignals.Keyset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * When a phase of a rotation may end. Every pod that there is has to have told, after the phase began, that it follows;
 * and pods that start later must have the keys of the phase from the start, which is what the time to settle is for.
 *
 * @param settle how long it takes at most until a pod that starts has the Secret of now, and until those who verify
 *     tokens know its public keys
 * @param round how often pods are asked
 */
record PhaseRules(Duration settle, Duration round) {

    /** Judges the phase that a rotation is in, which is not stable, by all pods of the backend. */
    Judgement judge(KeyRotation rotation, List<Witness> pods, Instant now) {
        Optional<Wait> obstacle =
                switch (rotation.phase()) {
                    case STABLE -> throw new IllegalArgumentException("No rotation is under way.");
                    case INTRODUCED ->
                        Stream.of(settling(rotation, now), pods(rotation, pods, PhaseRules::knows, "load"))
                                .flatMap(Optional::stream)
                                .findFirst();
                    case PRIMARY ->
                        Stream.of(settling(rotation, now), pods(rotation, pods, PhaseRules::uses, "use"))
                                .flatMap(Optional::stream)
                                .findFirst();
                    case RETIRED -> retiring(rotation, pods, now);
                };
        return obstacle.<Judgement>map(wait -> wait).orElseGet(Done::new);
    }

    private Optional<Wait> settling(KeyRotation rotation, Instant now) {
        Duration left = Duration.between(now, rotation.since().plus(settle));
        return left.isPositive()
                ? Optional.of(new Wait(
                        "new keys get time until %s to reach every node"
                                .formatted(rotation.since().plus(settle)),
                        left))
                : Optional.empty();
    }

    private Optional<Wait> pods(
            KeyRotation rotation, List<Witness> pods, BiPredicate<Keyset, Long> follows, String what) {
        String lacking = "it does not %s them yet".formatted(what);
        List<String> objections = pods.stream()
                .flatMap(pod -> pod.objection(rotation, settle, follows, lacking).stream()
                        .map(why -> "pod %s (%s)".formatted(pod.pod(), why)))
                .toList();
        return objections.stream().findFirst().map(first -> {
            String more = objections.size() == 1 ? "" : " and %d more".formatted(objections.size() - 1);
            return new Wait("to %s the new keys, %s%s are waited for".formatted(what, first, more), round);
        });
    }

    private Optional<Wait> retiring(KeyRotation rotation, List<Witness> pods, Instant now) {
        List<Told> told = pods.stream()
                .flatMap(pod -> pod.signals(rotation).map(signals -> Told.of(pod, signals)).stream())
                .toList();
        return Stream.of(
                        pods(rotation, pods, PhaseRules::uses, "use"),
                        tokens(rotation, told, now),
                        OldData.objection(rotation, told, rotation.since().plus(settle))
                                .map(why -> new Wait(why, round)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Tokens that an old key has signed must have expired, by the clock of whichever pod looks at them. */
    private Optional<Wait> tokens(KeyRotation rotation, List<Told> told, Instant now) {
        return told.stream()
                .flatMap(pod -> Stream.ofNullable(pod.signals().tokenLifetimeSeconds()))
                .max(Long::compare)
                .map(seconds -> {
                    Instant expired = rotation.since().plusSeconds(seconds).plus(settle);
                    Duration left = Duration.between(now, expired);
                    return left.isPositive()
                            ? Optional.of(
                                    new Wait("tokens signed by the old key are good until %s".formatted(expired), left))
                            : Optional.<Wait>empty();
                })
                .orElseGet(() -> Optional.of(new Wait("no pod tells how long tokens are good for", round)));
    }

    private static boolean knows(Keyset loaded, long newest) {
        return loaded.all().contains(newest);
    }

    private static boolean uses(Keyset loaded, long newest) {
        return loaded.primary() == newest;
    }

    /**
     * What a pod told.
     *
     * @param askedAt when it was asked
     */
    record Told(Instant askedAt, PodSignals signals) {

        static Told of(Witness pod, PodSignals signals) {
            return new Told(Objects.requireNonNull(pod.reading()).askedAt(), signals);
        }
    }
}

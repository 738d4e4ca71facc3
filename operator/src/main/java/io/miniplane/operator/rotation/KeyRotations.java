package io.miniplane.operator.rotation;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.KeysStatus.Phase;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.BackendObjects;
import io.miniplane.operator.objects.KeyRotation;
import io.miniplane.operator.objects.KeysReport;
import io.miniplane.operator.rotation.Judgement.Done;
import io.miniplane.operator.rotation.Judgement.Wait;
import io.miniplane.operator.signals.PodReading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the keys of backends when they are old enough or somebody asks for it. Each call takes one step at most, and
 * where it stands is written with the keys, so it goes on after whatever ended this process.
 */
public final class KeyRotations {

    /** Set to {@value #NOW} on a backend, its keys are replaced; it is taken away when that has begun. */
    public static final String ANNOTATION = "miniplane.io/rotate-keys";

    /** The value of the annotation that asks for new keys. */
    public static final String NOW = "now";

    private final PhaseRules rules;
    private final InstantSource clock;

    /**
     * @param settle how long a phase lasts at least: until every pod that starts has the keys of the phase
     * @param round how often pods are asked
     */
    public KeyRotations(Duration settle, Duration round, InstantSource clock) {
        this.rules = new PhaseRules(settle, round);
        this.clock = clock;
    }

    /**
     * Takes the next step, if it is time.
     *
     * @param report the keys as they were last seen
     * @param pods the pods of the backend as they were last seen
     * @param readings what they told last
     */
    public KeyProgress advance(
            MiniProgramBackend primary,
            KeysReport report,
            Collection<Pod> pods,
            List<PodReading> readings,
            BackendObjects objects,
            Context<MiniProgramBackend> context) {
        return report instanceof KeysReport.Usable usable
                ? advance(primary, new LiveKeys(usable.rotation(), objects, primary, context), pods, readings)
                : KeyProgress.NONE;
    }

    /** When keys are due for replacement by their age. */
    public static Instant dueAt(KeyRotation rotation, MiniProgramBackend backend) {
        return rotation.primaryMadeAt()
                .plus(backend.getSpec().keys().rotateEvery().duration());
    }

    KeyProgress advance(MiniProgramBackend primary, RotatedKeys keys, Collection<Pod> pods, List<PodReading> readings) {
        KeyRotation rotation = keys.rotation();
        if (primary.getSpec().paused()) {
            return rotation.isStable() ? KeyProgress.NONE : KeyProgress.waiting("spec.paused is true");
        }
        if (rotation.isStable()) {
            return begin(primary, keys);
        }
        if (rotation.phase() == Phase.INTRODUCED && isAskedFor(primary)) {
            // It began this rotation, or is answered by it: no new key is in use yet.
            keys.forgetRequest();
        }
        return proceed(keys, pods, readings);
    }

    /** Whether somebody asks by annotation for new keys. */
    static boolean isAskedFor(HasMetadata backend) {
        return request(backend).filter(NOW::equals).isPresent();
    }

    private static Optional<String> request(HasMetadata backend) {
        return Optional.ofNullable(backend.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(ANNOTATION));
    }

    private KeyProgress begin(MiniProgramBackend primary, RotatedKeys keys) {
        Instant now = clock.instant();
        if (!isAskedFor(primary) && now.isBefore(dueAt(keys.rotation(), primary))) {
            return request(primary)
                    .map(value -> KeyProgress.waiting("%s is \"%s\": set it to %s".formatted(ANNOTATION, value, NOW)))
                    .orElse(KeyProgress.NONE);
        }
        keys.introduce(keys.rotation(), nextSecond(now));
        if (isAskedFor(primary)) {
            keys.forgetRequest();
        }
        return KeyProgress.lookingAgain(rules.round());
    }

    private KeyProgress proceed(RotatedKeys keys, Collection<Pod> pods, List<PodReading> readings) {
        KeyRotation rotation = keys.rotation();
        Instant now = clock.instant();
        Judgement judgement = rules.judge(rotation, Witness.of(pods, readings), now);
        if (judgement instanceof Done) {
            judgement = rules.judge(rotation, Witness.of(keys.podsNow(), readings), now);
        }
        return switch (judgement) {
            case Wait(String why, Duration lookAgain) -> new KeyProgress(Optional.of(why), Optional.of(lookAgain));
            case Done _ -> {
                keys.advance(rotation, nextSecond(now));
                yield KeyProgress.lookingAgain(rules.round());
            }
        };
    }

    /** What was told before a phase began must not count in it, so it begins no earlier than now in whole seconds. */
    private static Instant nextSecond(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }
}

package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.AbortOn;
import io.miniplane.crd.v1alpha1.Canary;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.RolloutStatus.Phase;
import io.miniplane.operator.backend.CanaryCourse.Decision;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.BackendObjects;
import io.miniplane.operator.objects.CanaryServers;
import io.miniplane.operator.objects.Component;
import io.miniplane.operator.objects.Failure;
import io.miniplane.operator.objects.LastGood;
import io.miniplane.operator.objects.Trial;
import io.miniplane.operator.signals.SignalsWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads new versions through the steps of their canaries. What was decided is remembered before it is done. */
final class Canaries {

    private static final Logger LOG = LoggerFactory.getLogger(Canaries.class);
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    /** Phases of pods that were evicted: they stay to be seen and answer nobody. */
    private static final Set<String> ENDED = Set.of("Failed", "Succeeded");

    private final BackendObjects objects;
    private final PodWatch pods;
    private final SignalsWatch signals;
    private final Clock clock;

    Canaries(BackendObjects objects, PodWatch pods, SignalsWatch signals, Clock clock) {
        this.objects = objects;
        this.pods = pods;
        this.signals = signals;
        this.clock = clock;
    }

    /** A version that goes on trial, and the one that is known to work. */
    private record Candidate(String version, Backend wanted, Backend good, Canary canary, LastGood memory) {

        /** Where it stands: another version than the one that was on trial begins anew. */
        Trial trial() {
            return Optional.ofNullable(memory.trial())
                    .filter(trial -> trial.version().equals(version))
                    .orElseGet(() -> Trial.of(version));
        }

        CanaryCourse course(Trial trial) {
            return new CanaryCourse(canary.steps(), trial);
        }
    }

    /**
     * Takes a canary one decision further, or begins or ends one.
     *
     * @param versions what may run, the most wanted first
     * @param memory what is remembered of the backend
     */
    CanaryPass lead(
            MiniProgramBackend primary,
            SequencedMap<String, Backend> versions,
            Optional<LastGood> memory,
            Context<MiniProgramBackend> context) {
        Optional<Candidate> candidate = memory.flatMap(good -> candidate(primary, versions, good));
        return candidate
                .map(found -> lead(primary, found, context))
                .orElseGet(() -> CanaryPass.none(
                        memory.map(good -> remember(good.trying(null), good, primary, context)),
                        takeVainWishes(primary, context)));
    }

    /**
     * Only a change of the api pods can be tried on a part of the traffic. New credentials are not: those from before may
     * have ceased to work.
     */
    private Optional<Candidate> candidate(
            MiniProgramBackend primary, SequencedMap<String, Backend> versions, LastGood memory) {
        Canary canary = primary.getSpec().rollout().canary();
        if (canary == null || versions.size() < 2) {
            return Optional.empty();
        }
        var wanted = versions.firstEntry();
        if (memory.failures().containsKey(wanted.getKey())) {
            return Optional.empty();
        }
        Backend good = versions.lastEntry().getValue();
        var withNewCredentials =
                new Backend(good.resource(), good.image(), wanted.getValue().credentials());
        return objects.apiVersion(withNewCredentials).equals(objects.apiVersion(wanted.getValue()))
                ? Optional.empty()
                : Optional.of(new Candidate(wanted.getKey(), wanted.getValue(), good, canary, memory));
    }

    private CanaryPass lead(MiniProgramBackend primary, Candidate candidate, Context<MiniProgramBackend> context) {
        Trial trial = candidate.trial();
        CanaryCourse course = candidate.course(trial);
        Decision decision = course.decide(look(primary, candidate, trial, context), clock.instant());
        return switch (decision) {
            case Decision.Back(Failure failure) -> end(primary, candidate, failure, context);
            case Decision.Go(Trial next) -> {
                LOG.info("The canary of {} goes on: step {}, {}.", candidate.version(), next.step() + 1, phaseOf(next));
                yield run(
                        primary,
                        candidate,
                        next,
                        new Decision.Stay(phaseOf(next), Optional.empty(), Optional.of(AT_ONCE)),
                        context);
            }
            case Decision.Stay stay -> run(primary, candidate, trial, stay, context);
        };
    }

    private static Phase phaseOf(Trial trial) {
        return trial.promoted() ? Phase.PROMOTING : trial.since() == null ? Phase.STARTING : Phase.WATCHING;
    }

    private CanaryPass run(
            MiniProgramBackend primary,
            Candidate candidate,
            Trial trial,
            Decision.Stay stay,
            Context<MiniProgramBackend> context) {
        LastGood memory = remember(candidate.memory().trying(trial), candidate.memory(), primary, context);
        CanaryWish.PROMOTE
                .of(primary)
                .filter(wish -> trial.promoted() || wish.equals(trial.promotedBy()))
                .ifPresent(done -> CanaryWish.PROMOTE.take(primary, context.getClient()));
        CanaryServers servers = servers(primary, candidate, trial, context);
        CanaryCourse course = candidate.course(trial);
        var report = CanaryReport.of(course, stay.phase(), candidate.wanted().image(), servers.weight(), stay.hold());
        return new CanaryPass(
                Optional.of(memory), Optional.of(servers), Optional.of(report), stay.lookAgain(), List.of());
    }

    private CanaryPass end(
            MiniProgramBackend primary, Candidate candidate, Failure failure, Context<MiniProgramBackend> context) {
        LOG.info("The canary of {} is aborted: {}", candidate.version(), failure.reason());
        LastGood before = candidate.memory();
        LastGood memory =
                remember(withFailure(before, candidate.version(), failure).trying(null), before, primary, context);
        Stream.of(CanaryWish.values())
                .filter(wish -> wish.of(primary).isPresent())
                .forEach(done -> done.take(primary, context.getClient()));
        return CanaryPass.none(Optional.of(memory), List.of());
    }

    static LastGood withFailure(LastGood memory, String version, Failure failure) {
        var failures = new TreeMap<>(memory.failures());
        failures.put(version, failure);
        return memory.with(failures);
    }

    private LastGood remember(
            LastGood now, LastGood before, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        if (!now.equals(before)) {
            objects.remember(now, primary, context);
        }
        return now;
    }

    private List<Remark> takeVainWishes(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return Stream.of(CanaryWish.values())
                .filter(wish -> wish.of(primary).isPresent())
                .map(wish -> {
                    wish.take(primary, context.getClient());
                    return new Remark(
                            wish.vain(),
                            "The annotation %s was taken away: no canary runs".formatted(wish.annotation()));
                })
                .toList();
    }

    private CanaryCourse.Sight look(
            MiniProgramBackend primary, Candidate candidate, Trial trial, Context<MiniProgramBackend> context) {
        Backend asked = candidate.good().beside(Optional.of(servers(primary, candidate, trial, context)));
        Optional<Deployment> deployment =
                objects.deployment(Component.CANARY, primary, context).filter(live -> objects.isAsAsked(live, asked));
        Outcome outcome = deployment
                .map(live -> Outcome.of(
                        List.of(live),
                        pods.of(primary),
                        primary.getSpec().rollout().deadline().duration(),
                        clock.instant()))
                .orElseGet(() -> new Outcome.UnderWay(Optional.empty()));
        AbortOn limits = candidate.canary().abortOn();
        Set<String> names = deployment.map(live -> podsOf(live, primary)).orElse(Set.of());
        CanaryHealth health = CanaryHealth.of(
                limits, signals.requests(primary, names, Objects.requireNonNullElse(trial.since(), Instant.EPOCH)));
        return new CanaryCourse.Sight(
                outcome,
                health,
                CanaryWish.PROMOTE.of(primary),
                CanaryWish.ABORT.of(primary).isPresent());
    }

    private Set<String> podsOf(Deployment deployment, MiniProgramBackend primary) {
        String version =
                deployment.getSpec().getTemplate().getMetadata().getLabels().get(Backend.VERSION);
        return pods.of(primary).stream()
                .filter(pod -> !ENDED.contains(
                        Objects.requireNonNullElse(pod.getStatus().getPhase(), "")))
                .map(HasMetadata::getMetadata)
                .filter(pod -> pod.getDeletionTimestamp() == null)
                .filter(pod -> Objects.equals(version, pod.getLabels().get(Backend.VERSION)))
                .map(pod -> pod.getName())
                .collect(Collectors.toSet());
    }

    private CanaryServers servers(
            MiniProgramBackend primary, Candidate candidate, Trial trial, Context<MiniProgramBackend> context) {
        CanaryCourse course = candidate.course(trial);
        // Routes are those of the version that the others have.
        boolean routed = objects.isRouted((trial.promoted() ? candidate.wanted() : candidate.good()).spec());
        int others = objects.deployment(Component.API, primary, context)
                .map(live -> Rollout.of(live).wanted())
                .orElse(1);
        boolean hasPods = objects.deployment(Component.CANARY, primary, context)
                .filter(live -> Rollout.of(live).ready() > 0)
                .isPresent();
        return new CanaryServers(
                candidate.wanted(),
                hasPods ? course.weight() : 0,
                CanaryServers.pods(
                        course.step().weight(),
                        others,
                        primary.getSpec().api().replicas().max(),
                        routed),
                routed);
    }
}

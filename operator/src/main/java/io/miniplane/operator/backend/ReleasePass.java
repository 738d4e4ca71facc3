package io.miniplane.operator.backend;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.BackendObjects;
import io.miniplane.operator.objects.CanaryRefusedException;
import io.miniplane.operator.objects.Change;
import io.miniplane.operator.objects.Failure;
import io.miniplane.operator.objects.LastGood;
import io.miniplane.operator.objects.Trial;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass over the versions that may run, until one of them does not fail. */
final class ReleasePass {

    private static final Logger LOG = LoggerFactory.getLogger(ReleasePass.class);

    private final BackendObjects objects;
    private final PodWatch pods;
    private final Clock clock;
    private final MiniProgramBackend primary;
    private final Context<MiniProgramBackend> context;
    private final Function<Backend, List<Change>> apply;
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Failure> failures = new TreeMap<>();
    private CanaryPass canary;

    /**
     * @param canary where a canary stands
     * @param apply applies the objects of a version
     */
    ReleasePass(
            Releases.Parts parts,
            CanaryPass canary,
            MiniProgramBackend primary,
            Context<MiniProgramBackend> context,
            Function<Backend, List<Change>> apply) {
        this.objects = parts.objects();
        this.pods = parts.pods();
        this.clock = parts.clock();
        this.canary = canary;
        this.primary = primary;
        this.context = context;
        this.apply = apply;
        canary.memory().ifPresent(good -> failures.putAll(good.failures()));
    }

    /** @param versions what may run, the most wanted first */
    Release over(SequencedMap<String, Backend> versions) {
        failures.keySet().retainAll(versions.keySet());
        Optional<String> onTrial =
                canary.trial().filter(trial -> !trial.promoted()).map(Trial::version);
        for (var version : versions.entrySet()) {
            boolean last = version.equals(versions.lastEntry());
            if (onTrial.filter(version.getKey()::equals).isPresent() || (isFailed(version.getKey()) && !last)) {
                continue;
            }
            Outcome outcome = attempt(version.getValue(), last);
            if (outcome instanceof Outcome.Failed(Failure failure) && !last) {
                note(version.getKey(), failure);
                continue;
            }
            if (outcome instanceof Outcome.Serving) {
                settle(version.getKey(), version.getValue());
            }
            return release(versions, version, outcome);
        }
        return Release.NONE;
    }

    private boolean isFailed(String version) {
        return failures.containsKey(version);
    }

    private void note(String version, Failure failure) {
        LOG.info("Version {} fails and is rolled back: {}", version, failure.reason());
        failures.put(version, failure);
        Optional<LastGood> memory = canary.memory().map(good -> good.with(failures));
        canary = isOnTrial(version)
                ? CanaryPass.none(memory.map(good -> good.trying(null)), canary.remarks())
                : new CanaryPass(memory, canary.servers(), canary.report(), canary.lookAgain(), canary.remarks());
        canary.memory().ifPresent(good -> objects.remember(good, primary, context));
    }

    private boolean isOnTrial(String version) {
        return canary.trial().filter(trial -> trial.version().equals(version)).isPresent();
    }

    /** What serves is what to go back to from now on; a version that was on trial has come to its end. */
    private void settle(String version, Backend serving) {
        boolean ends = isOnTrial(version);
        Trial trial = ends ? null : canary.trial().orElse(null);
        objects.remember(LastGood.of(serving, version, failures).trying(trial), primary, context);
        if (ends) {
            canary = CanaryPass.none(canary.memory(), canary.remarks());
            changes.addAll(apply.apply(serving));
        }
    }

    private Outcome attempt(Backend version, boolean last) {
        try {
            bring(version);
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != Failure.UNPROCESSABLE || last) {
                throw refused;
            }
            return new Outcome.Failed(refused(refused));
        }
        return Outcome.of(
                objects.deployments(primary, context),
                pods.of(primary),
                primary.getSpec().rollout().deadline().duration(),
                clock.instant());
    }

    private void bring(Backend version) {
        try {
            changes.addAll(apply.apply(version.beside(canary.servers())));
        } catch (CanaryRefusedException e) {
            canary.trial().ifPresent(trial -> note(trial.version(), refused(e.refusal())));
            changes.addAll(apply.apply(version));
        }
    }

    private static Failure refused(KubernetesClientException refusal) {
        return new Failure("Refused", ApiFailure.describe(refusal));
    }

    private Release release(
            SequencedMap<String, Backend> versions, Map.Entry<String, Backend> running, Outcome outcome) {
        Optional<Duration> patience =
                outcome instanceof Outcome.UnderWay(Optional<Duration> when) ? when : Optional.empty();
        return new Release(
                changes,
                setback(versions, running, outcome),
                canary.report(),
                Stream.of(patience, canary.lookAgain())
                        .flatMap(Optional::stream)
                        .min(Duration::compareTo),
                canary.remarks());
    }

    private Optional<Setback> setback(
            SequencedMap<String, Backend> versions, Map.Entry<String, Backend> running, Outcome outcome) {
        Optional<Failure> trouble =
                outcome instanceof Outcome.Failed(Failure failure) ? Optional.of(failure) : Optional.empty();
        Optional<Failure> failed = versions.keySet().stream()
                .takeWhile(version -> !version.equals(running.getKey()))
                .flatMap(version -> Stream.ofNullable(failures.get(version)))
                .findFirst();
        if (failed.isPresent()) {
            return Optional.of(
                    new Setback.RolledBack(failed.get(), running.getValue().image(), trouble));
        }
        boolean wasReady = canary.memory()
                .filter(good -> good.version().equals(running.getKey()))
                .isPresent();
        return trouble.map(failure -> new Setback.NothingToGoBackTo(failure, wasReady));
    }
}

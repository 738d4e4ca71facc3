package io.miniplane.operator.backend;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.BackendObjects;
import io.miniplane.operator.objects.Change;
import io.miniplane.operator.objects.Failure;
import io.miniplane.operator.objects.LastGood;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses which version of a backend runs: the one that its manifest asks for, unless that has failed; else the last
 * one that was ready, first with the credentials of now, then with those it had.
 */
final class Releases {

    private static final Logger LOG = LoggerFactory.getLogger(Releases.class);
    private static final int UNPROCESSABLE = 422;

    private final BackendObjects objects;
    private final PodWatch pods;
    private final Clock clock;

    Releases(BackendObjects objects, PodWatch pods, Clock clock) {
        this.objects = objects;
        this.pods = pods;
        this.clock = clock;
    }

    /**
     * Brings the best version there is.
     *
     * @param wanted what the manifest asks for, unless it can't be made
     * @param apply applies the objects of a version
     */
    Release bring(
            MiniProgramBackend primary,
            Optional<Backend> wanted,
            Function<Backend, List<Change>> apply,
            Context<MiniProgramBackend> context) {
        Optional<LastGood> memory = objects.lastGood(primary, context);
        SequencedMap<String, Backend> versions = versions(primary, wanted, memory);
        var failures =
                new TreeMap<String, Failure>(memory.map(LastGood::failures).orElse(Map.of()));
        failures.keySet().retainAll(versions.keySet());
        var changes = new ArrayList<Change>();
        for (var version : versions.entrySet()) {
            boolean last = version.equals(versions.lastEntry());
            if (failures.containsKey(version.getKey()) && !last) {
                continue;
            }
            Outcome outcome =
                    attempt(primary, version.getValue(), last, it -> changes.addAll(apply.apply(it)), context);
            if (outcome instanceof Outcome.Failed(Failure failure) && !last) {
                LOG.info("Version {} fails and is rolled back: {}", version.getKey(), failure.reason());
                failures.put(version.getKey(), failure);
                memory.ifPresent(good -> objects.remember(good.with(failures), primary, context));
                continue;
            }
            if (outcome instanceof Outcome.Serving) {
                objects.remember(LastGood.of(version.getValue(), version.getKey(), failures), primary, context);
            }
            return new Release(changes, setback(versions, version, failures, outcome, memory), lookAgain(outcome));
        }
        return Release.NONE;
    }

    /** What is known of a backend that must not be touched. */
    Release recall(MiniProgramBackend primary, Optional<Backend> wanted, Context<MiniProgramBackend> context) {
        Optional<LastGood> memory = objects.lastGood(primary, context);
        Optional<Setback> setback = memory.flatMap(good -> wanted.map(objects::version)
                .map(good.failures()::get)
                .map(failure -> new Setback.RolledBack(failure, good.image(), Optional.empty())));
        return new Release(List.of(), setback, Optional.empty());
    }

    /** What may run, the most wanted first. */
    private SequencedMap<String, Backend> versions(
            MiniProgramBackend primary, Optional<Backend> wanted, Optional<LastGood> memory) {
        var versions = new LinkedHashMap<String, Backend>();
        wanted.ifPresent(backend -> versions.put(objects.version(backend), backend));
        memory.filter(good -> !versions.containsKey(good.version()))
                .flatMap(good -> read(good, primary))
                .ifPresent(good -> {
                    wanted.map(Backend::credentials)
                            .map(now -> new Backend(good.resource(), good.image(), now))
                            .ifPresent(backend -> versions.putIfAbsent(objects.version(backend), backend));
                    versions.putIfAbsent(objects.version(good), good);
                });
        return versions;
    }

    private static Optional<Backend> read(LastGood good, MiniProgramBackend primary) {
        try {
            return Optional.of(good.over(primary));
        } catch (UncheckedIOException unreadable) {
            LOG.warn("What ran before can't be read, so there is nothing to roll back to.");
            return Optional.empty();
        }
    }

    private Outcome attempt(
            MiniProgramBackend primary,
            Backend version,
            boolean last,
            Consumer<Backend> apply,
            Context<MiniProgramBackend> context) {
        try {
            apply.accept(version);
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != UNPROCESSABLE || last) {
                throw refused;
            }
            return new Outcome.Failed(new Failure("Refused", ApiFailure.describe(refused)));
        }
        return Outcome.of(
                objects.deployments(primary, context),
                pods.of(primary),
                primary.getSpec().rollout().deadline().duration(),
                clock.instant());
    }

    private static Optional<Setback> setback(
            SequencedMap<String, Backend> versions,
            Map.Entry<String, Backend> running,
            Map<String, Failure> failures,
            Outcome outcome,
            Optional<LastGood> memory) {
        Optional<Failure> trouble =
                outcome instanceof Outcome.Failed(Failure failure) ? Optional.of(failure) : Optional.empty();
        Failure failed = failures.get(versions.firstEntry().getKey());
        if (failed != null && !running.equals(versions.firstEntry())) {
            return Optional.of(new Setback.RolledBack(failed, running.getValue().image(), trouble));
        }
        boolean wasReady =
                memory.filter(good -> good.version().equals(running.getKey())).isPresent();
        return trouble.map(failure -> new Setback.NothingToGoBackTo(failure, wasReady));
    }

    private static Optional<Duration> lookAgain(Outcome outcome) {
        return outcome instanceof Outcome.UnderWay(var when) ? when : Optional.empty();
    }
}

package io.miniplane.operator.backend;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.BackendObjects;
import io.miniplane.operator.objects.Change;
import io.miniplane.operator.objects.LastGood;
import io.miniplane.operator.signals.SignalsWatch;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses which version of a backend runs: the one that its manifest asks for, unless that has failed or is still on
 * trial; else the last one that was ready, first with the credentials of now, then with those it had.
 */
final class Releases {

    private static final Logger LOG = LoggerFactory.getLogger(Releases.class);

    private final Parts parts;
    private final Canaries canaries;

    Releases(BackendObjects objects, PodWatch pods, SignalsWatch signals, Clock clock) {
        this.parts = new Parts(objects, pods, clock);
        this.canaries = new Canaries(objects, pods, signals, clock);
    }

    /** What releases stand on. */
    record Parts(BackendObjects objects, PodWatch pods, Clock clock) {}

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
        Optional<LastGood> memory = parts.objects().lastGood(primary, context);
        SequencedMap<String, Backend> versions = versions(primary, wanted, memory);
        CanaryPass canary = canaries.lead(primary, versions, memory, context);
        return new ReleasePass(parts, canary, primary, context, apply).over(versions);
    }

    /** What is known of a backend that must not be touched. */
    Release recall(MiniProgramBackend primary, Optional<Backend> wanted, Context<MiniProgramBackend> context) {
        Optional<LastGood> memory = parts.objects().lastGood(primary, context);
        Optional<Setback> setback = memory.flatMap(good -> wanted.map(parts.objects()::version)
                .map(good.failures()::get)
                .map(failure -> new Setback.RolledBack(failure, good.image(), Optional.empty())));
        return new Release(List.of(), setback, CanaryReport.reported(primary), Optional.empty(), List.of());
    }

    /** What may run, the most wanted first. */
    private SequencedMap<String, Backend> versions(
            MiniProgramBackend primary, Optional<Backend> wanted, Optional<LastGood> memory) {
        var versions = new LinkedHashMap<String, Backend>();
        BackendObjects objects = parts.objects();
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
}

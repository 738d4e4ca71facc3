package io.miniplane.server.feature.infrastructure;

import dev.openfeature.contrib.providers.flagd.resolver.process.storage.connector.QueuePayload;
import dev.openfeature.contrib.providers.flagd.resolver.process.storage.connector.QueuePayloadType;
import dev.openfeature.contrib.providers.flagd.resolver.process.storage.connector.QueueSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Brings the flag file to flagd, at first and whenever its content has changed, and never a broken one. flagd's own reader goes by the time of the
 * file, ends for good when it is gone for a moment, and lets flags through that cannot be evaluated.
 */
final class FlagFile implements QueueSource {

    private static final Logger LOG = LogManager.getLogger(FlagFile.class);
    private static final String NO_FLAGS = "{\"flags\":{}}";
    private static final byte[] NOTHING = {};

    private final @Nullable Path path;
    private final Duration poll;
    private final FlagMeters meters;
    private final BlockingQueue<QueuePayload> changes = new LinkedBlockingQueue<>();
    private final Scheduler watcher =
            Schedulers.newSingle(Thread.ofPlatform().name("features").daemon().factory());
    private volatile FlagDefinitions current = FlagDefinitions.NONE;
    private byte[] seen = NOTHING;
    private String complaint = "";

    FlagFile(FeatureSettings settings, FlagMeters meters) {
        this.path = settings.file();
        this.poll = settings.poll();
        this.meters = meters;
    }

    /** What the last good content said. */
    FlagDefinitions current() {
        return current;
    }

    @Override
    public void init() {
        if (path != null) {
            look(path);
            watcher.schedulePeriodically(() -> look(path), poll.toMillis(), poll.toMillis(), TimeUnit.MILLISECONDS);
        }
        // flagd starts with what comes first, and waits for it.
        if (changes.isEmpty()) {
            tell(NO_FLAGS);
        }
    }

    @Override
    public BlockingQueue<QueuePayload> getStreamQueue() {
        return changes;
    }

    /** Ends the watch; flagd looks whether it shall end only after the next content. */
    @Override
    public void shutdown() {
        watcher.dispose();
        tell(NO_FLAGS);
    }

    private void look(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            if (!Arrays.equals(content, seen)) {
                seen = content;
                take(new String(content, StandardCharsets.UTF_8));
            }
        } catch (NoSuchFileException e) {
            missing(file);
        } catch (IOException | RuntimeException e) {
            // An exception must not end the watch.
            keep("it cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private void take(String content) {
        try {
            FlagDefinitions definitions = FlagDefinitions.of(content);
            meters.expect(definitions);
            current = definitions;
            tell(content);
            complaint = "";
            meters.fresh();
            LOG.info("Loaded {} feature flags", definitions.flags().size());
        } catch (FlagDefinitions.BrokenFlags e) {
            keep(String.valueOf(e.getMessage()));
        }
    }

    /** There may never have been one: then there are no flags. */
    private void missing(Path file) {
        if (seen.length > 0) {
            seen = NOTHING;
            keep("it is gone");
        } else if (complaint.isEmpty()) {
            complaint = "There is no feature flag file " + file + ", so there are no flags until there is one";
            LOG.info(complaint);
        }
    }

    private void keep(String problem) {
        if (!problem.equals(complaint)) {
            complaint = problem;
            meters.broken();
            LOG.error("The feature flags stay as they were, for the file {} is not right: {}", path, problem);
        }
    }

    private void tell(String content) {
        changes.add(new QueuePayload(QueuePayloadType.DATA, content));
    }
}

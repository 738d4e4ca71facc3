package io.miniplane.server.platform;

import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Work that is done round after round as long as the server lives: at once while there is more, else after a rest. A round that fails is told in the log
 * and is followed by the next one all the same.
 */
public abstract class RecurringWork implements SmartLifecycle {

    private static final Logger LOG = LogManager.getLogger(RecurringWork.class);

    private final String name;
    private final Duration rest;
    private final boolean isWanted;
    private volatile @Nullable Disposable running;

    /**
     * Says what it is; the server starts and stops it.
     *
     * @param name what a log line calls it
     * @param rest how long it pauses when nothing is left to do
     * @param isWanted whether this server does it; false leaves it to others
     */
    protected RecurringWork(String name, Duration rest, boolean isWanted) {
        this.name = name;
        this.rest = rest;
        this.isWanted = isWanted;
    }

    /** One round, which tells whether there is more to do at once; it is subscribed to anew for each. */
    protected abstract Mono<Boolean> round();

    @Override
    public final boolean isAutoStartup() {
        return isWanted;
    }

    @Override
    public final void start() {
        running = Mono.defer(this::survived)
                .repeatWhen(rounds -> rounds.concatMap(done -> Mono.delay(rest)))
                .subscribe();
    }

    @Override
    public final void stop() {
        Disposable work = running;
        running = null;
        if (work != null) {
            work.dispose();
        }
    }

    @Override
    public final boolean isRunning() {
        return running != null;
    }

    /** Rounds until one finds nothing more; its completion is what the rest follows. */
    private Mono<Boolean> survived() {
        return Mono.defer(this::round)
                .repeat()
                .takeUntil(more -> !more)
                .last(false)
                .onErrorResume(fault -> {
                    LOG.warn(
                            "{} goes on after a rest: {}",
                            name,
                            fault.getClass().getName());
                    return Mono.just(false);
                });
    }
}

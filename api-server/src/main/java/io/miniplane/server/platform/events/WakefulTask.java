package io.miniplane.server.platform.events;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Work that is done again and again, one run at a time: after each interval, when somebody wakes it, and at once while there is more. */
final class WakefulTask {

    private static final Logger LOG = LogManager.getLogger(WakefulTask.class);

    private final String name;
    private final Duration interval;
    private final Mono<Boolean> run;
    private final AtomicInteger wanted = new AtomicInteger();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private volatile @Nullable Disposable clock;
    private volatile boolean isStopping;
    private volatile boolean isFailing;

    /**
     * @param name what a log line calls it
     * @param interval how long it rests at most
     * @param run one run, which tells whether there is more to do at once
     */
    WakefulTask(String name, Duration interval, Mono<Boolean> run) {
        this.name = name;
        this.interval = interval;
        this.run = run;
    }

    void start() {
        clock = Schedulers.parallel().schedulePeriodically(this::wake, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs it soon; during a run, once more after it. */
    void wake() {
        if (!isStopping && wanted.getAndIncrement() == 0) {
            runOnce();
        }
    }

    /** Begins no run any more, and completes when the last one is over. */
    Mono<Void> stop() {
        isStopping = true;
        Disposable running = clock;
        if (running != null) {
            running.dispose();
        }
        if (wanted.getAndIncrement() == 0) {
            ended.tryEmitEmpty();
        }
        return ended.asMono();
    }

    private void runOnce() {
        int served = wanted.get();
        run.doOnSuccess(more -> succeeded())
                .onErrorResume(this::failed)
                .defaultIfEmpty(false)
                .subscribe(more -> runIsOver(more, served));
    }

    private void runIsOver(boolean more, int served) {
        if (isStopping) {
            ended.tryEmitEmpty();
        } else if (more || wanted.addAndGet(-served) != 0) {
            runOnce();
        }
    }

    private void succeeded() {
        if (isFailing) {
            isFailing = false;
            LOG.info("{} works again", name);
        }
    }

    private Mono<Boolean> failed(Throwable cause) {
        if (!isFailing) {
            isFailing = true;
            LOG.warn(
                    "{} does not work and is tried again: {}",
                    name,
                    cause.getClass().getName());
        }
        return Mono.just(false);
    }
}

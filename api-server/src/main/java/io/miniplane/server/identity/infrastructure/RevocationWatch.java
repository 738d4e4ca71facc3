package io.miniplane.server.identity.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Asks the database, over and over, which sessions ended on any replica. While the database is away the replica goes by what it knows, and
 * catches up on what it missed afterwards.
 */
final class RevocationWatch implements SmartLifecycle {

    private static final Logger LOG = LogManager.getLogger(RevocationWatch.class);

    /** How far each question reaches back beyond the last answer: a transaction shows only when it commits. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PostgresSessions sessions;
    private final EndedSessionSet ended;
    private final Duration interval;
    private final Duration lifetime;
    private final boolean isNeeded;
    private volatile long answeredAt = System.nanoTime();
    private volatile boolean answered;
    private volatile boolean failing;
    private volatile @Nullable Disposable polling;

    /** @param isNeeded whether this process sees tokens at all */
    RevocationWatch(
            PostgresSessions sessions,
            EndedSessionSet ended,
            IdentitySettings settings,
            MeterRegistry meters,
            boolean isNeeded) {
        this.sessions = sessions;
        this.ended = ended;
        this.interval = settings.revocationPoll();
        this.lifetime = settings.accessTokenLifetime();
        this.isNeeded = isNeeded;
        if (isNeeded) {
            TimeGauge.builder("miniplane.revocation.age", this, TimeUnit.NANOSECONDS, RevocationWatch::age)
                    .description("How long ago the database last told which sessions have ended")
                    .register(meters);
        }
    }

    @Override
    public boolean isAutoStartup() {
        return isNeeded;
    }

    @Override
    public void start() {
        polling = Mono.defer(this::poll)
                .onErrorResume(this::failed)
                .repeatWhen(done -> done.delayElements(interval))
                .subscribe();
    }

    @Override
    public void stop() {
        Disposable running = polling;
        polling = null;
        if (running != null) {
            running.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return polling != null;
    }

    /** Before the web server starts, after it stops. */
    @Override
    public int getPhase() {
        return 0;
    }

    private Mono<Void> poll() {
        long askedAt = System.nanoTime();
        return sessions.endedWithin(window())
                .doOnNext(ended::add)
                .then()
                .timeout(PATIENCE)
                .doOnSuccess(nothing -> succeeded(askedAt));
    }

    private Duration window() {
        Duration sinceAnswer = Duration.ofNanos(age()).plus(OVERLAP);
        return answered && sinceAnswer.compareTo(lifetime) < 0 ? sinceAnswer : lifetime;
    }

    private void succeeded(long askedAt) {
        answeredAt = askedAt;
        answered = true;
        ended.markComplete();
        if (failing) {
            failing = false;
            LOG.info("The database tells again which sessions have ended");
        }
    }

    private Mono<Void> failed(Throwable cause) {
        if (!failing) {
            failing = true;
            LOG.warn(
                    "Cannot learn which sessions have ended elsewhere until the database answers again: {}",
                    cause.toString());
        }
        return Mono.empty();
    }

    private long age() {
        return System.nanoTime() - answeredAt;
    }
}

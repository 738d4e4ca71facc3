package io.miniplane.server.content.infrastructure;

import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Forgets checks after their time, an hour late at most; runs where work is done. */
final class Forgetting implements SmartLifecycle {

    private static final Logger LOG = LogManager.getLogger(Forgetting.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final PostgresChecks checks;
    private final Duration retention;
    private final boolean works;
    private volatile @Nullable Disposable running;

    Forgetting(PostgresChecks checks, Duration retention, boolean works) {
        this.checks = checks;
        this.retention = retention;
        this.works = works;
    }

    @Override
    public void start() {
        running = Mono.defer(() -> checks.forget(retention))
                .doOnError(cause -> LOG.warn("Old content checks stay an hour longer: {}", cause.toString()))
                .onErrorComplete()
                .repeatWhen(done -> done.delayElements(INTERVAL))
                .subscribe();
    }

    @Override
    public boolean isAutoStartup() {
        return works;
    }

    @Override
    public void stop() {
        Disposable task = running;
        running = null;
        if (task != null) {
            task.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}

package io.miniplane.server.payment.infrastructure;

import io.miniplane.server.payment.application.CheckPayments;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Asks about payments again and again, where work is done and payments are on. */
final class Reconciliation implements SmartLifecycle {

    private static final Logger LOG = LogManager.getLogger(Reconciliation.class);
    private static final Duration AT_ONCE = Duration.ofMillis(10);

    private final CheckPayments checks;
    private final PaymentSettings settings;
    private final boolean runs;
    private volatile @Nullable Disposable running;

    Reconciliation(CheckPayments checks, PaymentSettings settings, boolean runs) {
        this.checks = checks;
        this.settings = settings;
        this.runs = runs;
    }

    @Override
    public boolean isAutoStartup() {
        return runs;
    }

    @Override
    public void start() {
        running = runs ? round().expand(this::next).subscribe() : () -> {};
    }

    private Mono<Boolean> next(boolean more) {
        return Mono.delay(more ? AT_ONCE : settings.look()).then(round());
    }

    private Mono<Boolean> round() {
        return Mono.defer(() -> checks.check(settings.batch())).onErrorResume(fault -> {
            LOG.warn(
                    "Payments are asked about again later: {}", fault.getClass().getName());
            return Mono.just(false);
        });
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

package io.miniplane.server.order.infrastructure;

import io.miniplane.server.order.application.EndOverdue;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Ends overdue orders again and again, a batch at a time and at once while there are more; runs where work is done. */
final class OverdueOrders implements SmartLifecycle {

    private static final Logger LOG = LogManager.getLogger(OverdueOrders.class);
    private static final int BATCH = 200;

    private final EndOverdue endOverdue;
    private final Duration interval;
    private final boolean works;
    private volatile @Nullable Disposable running;

    OverdueOrders(EndOverdue endOverdue, Duration interval, boolean works) {
        this.endOverdue = endOverdue;
        this.interval = interval;
        this.works = works;
    }

    @Override
    public boolean isAutoStartup() {
        return works;
    }

    @Override
    public void start() {
        running = works
                ? Mono.defer(this::sweep)
                        .repeatWhen(done -> done.concatMap(any -> Mono.delay(interval)))
                        .subscribe()
                : () -> {};
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

    private Mono<Void> sweep() {
        return all(endOverdue.cancelUnpaid(BATCH), "Unpaid orders are cancelled")
                .then(all(endOverdue.completeShipped(BATCH), "Shipped orders are completed"));
    }

    private static Mono<Void> all(Mono<Long> batch, String what) {
        return batch.doOnNext(ended -> tell(ended, what))
                .repeat()
                .takeUntil(ended -> ended < BATCH)
                .then()
                .doOnError(cause ->
                        LOG.warn("{} a little later: {}", what, cause.getClass().getName()))
                .onErrorComplete();
    }

    private static void tell(long ended, String what) {
        if (ended > 0) {
            LOG.info("{}: {}", what, ended);
        }
    }
}

package io.miniplane.server.order.infrastructure;

import io.miniplane.server.order.application.EndOverdue;
import io.miniplane.server.platform.RecurringWork;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import reactor.core.publisher.Mono;

/** Ends overdue orders, a batch at a time; runs where work is done. */
final class OverdueOrders extends RecurringWork {

    private static final Logger LOG = LogManager.getLogger(OverdueOrders.class);
    private static final int BATCH = 200;

    private final EndOverdue endOverdue;

    OverdueOrders(EndOverdue endOverdue, Duration interval, boolean works) {
        super("Ending overdue orders", interval, works);
        this.endOverdue = endOverdue;
    }

    @Override
    protected Mono<Boolean> round() {
        Mono<Boolean> cancelled = isMore(endOverdue.cancelUnpaid(BATCH), "cancelled, for they were not paid");
        Mono<Boolean> completed =
                isMore(endOverdue.completeShipped(BATCH), "completed, for their goods must have come");
        return Mono.zipDelayError(cancelled, completed).map(more -> more.getT1() || more.getT2());
    }

    private static Mono<Boolean> isMore(Mono<Long> batch, String what) {
        return batch.doOnNext(ended -> tell(ended, what)).map(ended -> ended == BATCH);
    }

    private static void tell(long ended, String what) {
        if (ended > 0) {
            LOG.info("{} orders are {}", ended, what);
        }
    }
}

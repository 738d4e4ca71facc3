package io.miniplane.server.payment.infrastructure;

import io.miniplane.server.payment.application.CheckPayments;
import io.miniplane.server.platform.RecurringWork;
import reactor.core.publisher.Mono;

/** Asks about payments of which nothing was heard, where work is done and payments are on. */
final class Reconciliation extends RecurringWork {

    private final CheckPayments checks;
    private final PaymentSettings settings;

    Reconciliation(CheckPayments checks, PaymentSettings settings, boolean runs) {
        super("Asking about payments", settings.look(), runs);
        this.checks = checks;
        this.settings = settings;
    }

    @Override
    protected Mono<Boolean> round() {
        return checks.check(settings.batch());
    }
}

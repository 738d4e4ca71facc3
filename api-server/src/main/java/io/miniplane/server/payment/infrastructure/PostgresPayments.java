package io.miniplane.server.payment.infrastructure;

import io.miniplane.server.payment.application.Overview;
import io.miniplane.server.payment.application.Payments;
import io.miniplane.server.payment.application.Recheck;
import io.miniplane.server.payment.domain.Payment;
import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.payment.domain.PaymentNews.MoneyCame;
import io.miniplane.server.platform.Fen;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Payments in PostgreSQL. */
record PostgresPayments(DatabaseClient database) implements Payments {

    private static final String OPEN = """
            INSERT INTO payments (order_id, total, state, expires_at, check_at)
            VALUES (:id, :total, 'OPEN', :expires, now() + make_interval(secs => :check))
            ON CONFLICT (order_id) DO UPDATE SET asked_at = now(),
                check_at = CASE WHEN payments.state = 'OPEN' THEN least(payments.check_at, excluded.check_at) END
            RETURNING total, state, transaction_id
            """;

    private static final String FIND = "SELECT total, state, transaction_id FROM payments WHERE order_id = :id";

    private static final String PAY = """
            UPDATE payments SET state = 'PAID', transaction_id = :transaction, paid_at = :paid_at, check_at = NULL
            WHERE order_id = :id AND state IN ('OPEN', 'CLOSED')
            """;

    private static final String DISPUTE = """
            WITH payment AS (
                UPDATE payments SET state = 'DISPUTED', transaction_id = :transaction, check_at = NULL
                WHERE order_id = :id AND (state IN ('OPEN', 'CLOSED') OR transaction_id = :transaction)
            )
            INSERT INTO payment_disputes (transaction_id, order_id, amount, currency, paid_at)
            VALUES (:transaction, :id, :amount, :currency, :paid_at)
            ON CONFLICT (transaction_id) DO NOTHING
            """;

    private static final String DISPUTES = """
            SELECT transaction_id, amount, currency, paid_at FROM payment_disputes
            WHERE order_id = :id ORDER BY noted_at
            """;

    private static final String CLOSE = """
            UPDATE payments SET state = 'CLOSED', check_at = NULL WHERE order_id = :id AND state = 'OPEN'
            """;

    private static final String CLOSE_SOON = """
            UPDATE payments SET is_closing = true, check_at = now() WHERE order_id = :id AND state = 'OPEN'
            """;

    private static final String TAKE = """
            UPDATE payments SET checks = checks + 1,
                check_at = least(
                    now() + make_interval(secs => least(:longest, :first * power(2, least(checks + 1, 20)))),
                    CASE WHEN expires_at > now() THEN expires_at + interval '1 second' END)
            WHERE order_id IN (
                SELECT order_id FROM payments WHERE check_at <= now()
                ORDER BY check_at LIMIT :most FOR UPDATE SKIP LOCKED)
            RETURNING order_id, is_closing OR expires_at <= now() AS is_over,
                asked_at <= now() - interval '1 minute' AS is_forgotten
            """;

    @Override
    public Mono<Payment> open(PaymentId id, Fen total, Instant expires, Duration check) {
        return database.sql(OPEN)
                .bind("id", id.value())
                .bind("total", total.amount())
                .bind("expires", expires)
                .bind("check", seconds(check))
                .map(row -> payment(id, row))
                .one();
    }

    @Override
    public Mono<Payment> find(PaymentId id) {
        return database.sql(FIND)
                .bind("id", id.value())
                .map(row -> payment(id, row))
                .one();
    }

    @Override
    public Mono<Void> pay(PaymentId id, String transactionId, Instant paidAt) {
        return database.sql(PAY)
                .bind("id", id.value())
                .bind("transaction", transactionId)
                .bind("paid_at", paidAt)
                .then();
    }

    @Override
    public Mono<Void> dispute(MoneyCame came) {
        return database.sql(DISPUTE)
                .bind("id", came.payment().value())
                .bind("transaction", came.transactionId())
                .bind("amount", came.amount())
                .bind("currency", came.currency())
                .bind("paid_at", came.paidAt())
                .then();
    }

    @Override
    public Flux<Overview.Dispute> disputes(PaymentId id) {
        return database.sql(DISPUTES)
                .bind("id", id.value())
                .map(row -> new Overview.Dispute(
                        row.get("transaction_id", String.class),
                        Objects.requireNonNull(row.get("amount", Long.class)),
                        row.get("currency", String.class),
                        row.get("paid_at", Instant.class)))
                .all();
    }

    @Override
    public Mono<Boolean> close(PaymentId id) {
        return database.sql(CLOSE).bind("id", id.value()).fetch().rowsUpdated().map(rows -> rows > 0);
    }

    @Override
    public Mono<Void> closeSoon(PaymentId id) {
        return database.sql(CLOSE_SOON).bind("id", id.value()).then();
    }

    @Override
    public Flux<Unheard> takeUnheard(Recheck recheck, int most) {
        return database.sql(TAKE)
                .bind("first", seconds(recheck.first()))
                .bind("longest", seconds(recheck.longest()))
                .bind("most", most)
                .map(row -> new Unheard(
                        new PaymentId(row.get("order_id", UUID.class)),
                        Boolean.TRUE.equals(row.get("is_over", Boolean.class)),
                        Boolean.TRUE.equals(row.get("is_forgotten", Boolean.class))))
                .all();
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Payment payment(PaymentId id, Readable row) {
        return new Payment(
                id,
                new Fen(Objects.requireNonNull(row.get("total", Long.class))),
                Payment.State.valueOf(row.get("state", String.class)),
                row.get("transaction_id", String.class));
    }
}

package io.miniplane.server.payment.infrastructure;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.RefundsInProgress;
import io.miniplane.server.payment.application.Recheck;
import io.miniplane.server.payment.application.Refunds;
import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.payment.domain.Refund;
import io.miniplane.server.payment.domain.RefundId;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.IdempotencyKey;
import io.miniplane.server.platform.events.Outbox;
import io.miniplane.server.platform.events.Traceparent;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Refunds in PostgreSQL. A payment's row holds the sum of its refunds, so that refunds at the same time cannot exceed it. */
final class PostgresRefunds implements Refunds, RefundsInProgress {

    private static final String COLUMNS = "id, order_id, amount, total, reason, state, created_at";

    private static final String INSERTED = """
            refund AS (
                INSERT INTO refunds (id, order_id, amount, total, reason, cause, asked_by, key, digest, check_at)
                SELECT :id, order_id, amount, total, :reason, :cause, :asked_by, :key, :digest,
                    now() + make_interval(secs => :check)
                FROM payment
                RETURNING *
            ),
            event AS (
            """ + Outbox.INSERT + """
                WHERE EXISTS (SELECT FROM refund)
            )
            SELECT\s""" + COLUMNS + " FROM refund";

    private static final String BEGIN = """
            WITH payment AS (
                UPDATE payments SET refunding = refunding + :amount
                WHERE order_id = :payment AND state = 'PAID' AND refunding + :amount <= total
                    AND NOT EXISTS (SELECT FROM refunds WHERE asked_by = :asked_by AND key = :key)
                RETURNING order_id, total, CAST(:amount AS bigint) AS amount
            ),
            """ + INSERTED;

    private static final String PAY_BACK = """
            WITH owed AS (
                SELECT order_id, least(:amount, total - refunding) AS amount FROM payments
                WHERE order_id = :payment AND state = 'PAID' AND refunding < total
                    AND NOT EXISTS (SELECT FROM refunds WHERE order_id = :payment AND cause = 'CANCELLED')
                FOR UPDATE
            ),
            payment AS (
                UPDATE payments SET refunding = refunding + owed.amount FROM owed
                WHERE payments.order_id = owed.order_id
                RETURNING payments.order_id, payments.total, owed.amount
            ),
            """ + INSERTED;

    private static final String BEGUN =
            "SELECT " + COLUMNS + ", digest FROM refunds WHERE asked_by = :asked_by AND key = :key";

    private static final String FIND = "SELECT " + COLUMNS + " FROM refunds WHERE id = :id";

    private static final String OF = "SELECT " + COLUMNS + " FROM refunds WHERE order_id = :payment ORDER BY id";

    private static final String LEFT =
            "SELECT total - refunding AS amount FROM payments WHERE order_id = :payment AND state = 'PAID'";

    private static final String MOVE = """
            WITH refund AS (
                UPDATE refunds SET state = :state, check_at = CASE WHEN :is_end THEN NULL ELSE check_at END
                WHERE id = :id AND state NOT IN ('DONE', 'FAILED', :state)
                RETURNING order_id, amount
            ),
            payment AS (
                UPDATE payments SET refunding = refunding - refund.amount FROM refund
                WHERE payments.order_id = refund.order_id AND :state = 'FAILED'
            )
            SELECT count(*) AS moved FROM refund
            """;

    private static final String TAKE = """
            UPDATE refunds SET checks = checks + 1,
                check_at = now() + make_interval(secs => least(:longest, :first * power(2, least(checks + 1, 20))))
            WHERE id IN (
                SELECT id FROM refunds WHERE check_at <= now()
                ORDER BY check_at LIMIT :most FOR UPDATE SKIP LOCKED)
            RETURNING\s""" + COLUMNS;

    private final DatabaseClient database;
    private final Outbox outbox;
    private final Duration firstCheck;

    /** @param firstCheck how long nothing is heard of a refund before WeChat Pay is asked */
    PostgresRefunds(DatabaseClient database, Outbox outbox, Duration firstCheck) {
        this.database = database;
        this.outbox = outbox;
        this.firstCheck = firstCheck;
    }

    @Override
    public Mono<Refund> begin(RefundId id, PaymentId payment, Refund.Details details, Asker asker) {
        IdempotencyKey key = asker.key();
        return insert(
                        BEGIN,
                        id,
                        payment,
                        statement -> statement
                                .bind("amount", details.amount().amount())
                                .bind("reason", text(details.reason()))
                                .bind("cause", "STAFF")
                                .bind("asked_by", asker.name())
                                .bind("key", text(key == null ? null : key.value()))
                                .bind("digest", text(key == null ? null : key.digest())))
                .onErrorResume(DuplicateKeyException.class, sameMoment -> Mono.empty());
    }

    @Override
    public Mono<Refund> payBack(RefundId id, PaymentId payment, Fen due) {
        return insert(
                PAY_BACK,
                id,
                payment,
                statement -> statement
                        .bind("amount", due.amount())
                        .bind("reason", text(null))
                        .bind("cause", "CANCELLED")
                        .bind("asked_by", text(null))
                        .bind("key", text(null))
                        .bind("digest", text(null)));
    }

    @Override
    public Mono<Begun> begun(Asker asker) {
        IdempotencyKey key = asker.key();
        return key == null
                ? Mono.empty()
                : database.sql(BEGUN)
                        .bind("asked_by", asker.name())
                        .bind("key", key.value())
                        .map(row -> new Begun(refund(row), String.valueOf(row.get("digest", String.class))))
                        .one();
    }

    @Override
    public Mono<Refund> find(RefundId id) {
        return database.sql(FIND)
                .bind("id", id.value())
                .map(PostgresRefunds::refund)
                .one();
    }

    @Override
    public Flux<Refund> of(PaymentId payment) {
        return database.sql(OF)
                .bind("payment", payment.value())
                .map(PostgresRefunds::refund)
                .all();
    }

    @Override
    public Mono<Boolean> takeAll(OrderId order) {
        return left(new PaymentId(order.value()))
                .map(left -> !left.isPositive())
                .defaultIfEmpty(false);
    }

    @Override
    public Mono<Fen> left(PaymentId payment) {
        return database.sql(LEFT)
                .bind("payment", payment.value())
                .map(row -> fen(row, "amount"))
                .one();
    }

    @Override
    public Mono<Boolean> move(RefundId id, Refund.State next) {
        return database.sql(MOVE)
                .bind("id", id.value())
                .bind("state", next.name())
                .bind("is_end", next.isEnd())
                .map(row -> Objects.requireNonNull(row.get("moved", Long.class)) > 0)
                .one();
    }

    @Override
    public Flux<Refund> takeUnheard(Recheck recheck, int most) {
        return database.sql(TAKE)
                .bind("first", PostgresPayments.seconds(recheck.first()))
                .bind("longest", PostgresPayments.seconds(recheck.longest()))
                .bind("most", most)
                .map(PostgresRefunds::refund)
                .all();
    }

    private Mono<Refund> insert(String sql, RefundId id, PaymentId payment, UnaryOperator<GenericExecuteSpec> binding) {
        return Mono.deferContextual(context -> {
            GenericExecuteSpec statement = binding.apply(database.sql(sql)
                    .bind("id", id.value())
                    .bind("payment", payment.value())
                    .bind("check", PostgresPayments.seconds(firstCheck)));
            return outbox.bind(statement, RefundRequested.of(payment, id).within(Traceparent.of(context)))
                    .map(PostgresRefunds::refund)
                    .one()
                    .doOnNext(begun -> outbox.wake());
        });
    }

    private static Refund refund(Readable row) {
        return new Refund(
                new RefundId(row.get("id", UUID.class)),
                new PaymentId(row.get("order_id", UUID.class)),
                fen(row, "total"),
                new Refund.Details(fen(row, "amount"), row.get("reason", String.class)),
                Refund.State.valueOf(row.get("state", String.class)),
                row.get("created_at", Instant.class));
    }

    private static Fen fen(Readable row, String column) {
        return new Fen(Objects.requireNonNull(row.get(column, Long.class)));
    }

    private static Parameter text(@Nullable String value) {
        return Parameters.in(R2dbcType.VARCHAR, value);
    }
}

package io.miniplane.server.order.infrastructure;

import io.miniplane.server.order.domain.Cancellation;
import io.miniplane.server.order.domain.Dispatch;
import io.miniplane.server.order.domain.History;
import io.miniplane.server.order.domain.Payment;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** What has happened to an order as the columns of its row. */
final class OrderColumns {

    private OrderColumns() {}

    static GenericExecuteSpec bind(GenericExecuteSpec statement, History history) {
        GenericExecuteSpec bound = statement
                .bind("confirmed_at", time(history.confirmedAt()))
                .bind("completed_at", time(history.completedAt()))
                .bind("refunded", history.refunds().total().amount())
                .bind("refund_ids", history.refunds().ids().toArray(String[]::new));
        return cancellation(dispatch(payment(bound, history.payment()), history.dispatch()), history.cancellation());
    }

    private static GenericExecuteSpec payment(GenericExecuteSpec statement, @Nullable Payment payment) {
        return statement
                .bind("transaction", text(payment == null ? null : payment.transactionId()))
                .bind("paid", number(payment == null ? null : payment.amount().amount()))
                .bind("paid_at", time(payment == null ? null : payment.at()));
    }

    private static GenericExecuteSpec dispatch(GenericExecuteSpec statement, @Nullable Dispatch dispatch) {
        return statement
                .bind(
                        "logistics",
                        text(dispatch == null ? null : dispatch.by().logistics().name()))
                .bind("carrier", text(dispatch == null ? null : dispatch.by().carrier()))
                .bind("tracking", text(dispatch == null ? null : dispatch.by().trackingNumber()))
                .bind("shipped_at", time(dispatch == null ? null : dispatch.at()));
    }

    private static GenericExecuteSpec cancellation(GenericExecuteSpec statement, @Nullable Cancellation end) {
        return statement
                .bind("reason", text(end == null ? null : end.reason().name()))
                .bind("refund_due", number(end == null ? null : end.refundDue().amount()))
                .bind("cancelled_at", time(end == null ? null : end.at()));
    }

    private static Parameter text(@Nullable String value) {
        return Parameters.in(R2dbcType.VARCHAR, value);
    }

    private static Parameter number(@Nullable Long value) {
        return Parameters.in(R2dbcType.BIGINT, value);
    }

    private static Parameter time(@Nullable Instant value) {
        return Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, value);
    }
}

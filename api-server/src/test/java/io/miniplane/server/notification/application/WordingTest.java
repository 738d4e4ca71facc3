package io.miniplane.server.notification.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.order.CancelReason;
import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.ShippedBy;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.security.UserId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WordingTest {

    private static final OrderId ORDER = OrderId.parse("0190a5b0-1111-7222-8333-444455556666");
    private static final UserId USER = new UserId(UUID.randomUUID());
    private static final Instant AT = Instant.parse("2026-10-01T07:05:00Z");

    private static String filled(OrderEvent event, String text) {
        return Wording.of(event, AT).fill(text);
    }

    @Test
    void aTextSaysWhatTheEventDid() {
        OrderEvent paid = new OrderEvent.Paid(ORDER, USER, new Fen(1905), "4200$1");
        assertThat(filled(paid, "{number} {amount} {transaction}, {time}"))
                .isEqualTo("0190a5b0111172228333444455556666 ¥19.05 4200$1, 2026年10月1日 15:05");
        assertThat(filled(paid, "pages/order?id={order}")).isEqualTo("pages/order?id=" + ORDER);
    }

    @Test
    void whatIsNotThereIsADash() {
        OrderEvent fetched =
                new OrderEvent.Shipped(ORDER, USER, new ShippedBy(ShippedBy.Logistics.PICK_UP, null, null));
        assertThat(filled(fetched, "{carrier}{tracking}")).isEqualTo("--");
    }

    @Test
    void everyReasonFitsAPhrase() {
        for (CancelReason reason : CancelReason.values()) {
            assertThat(filled(new OrderEvent.Cancelled(ORDER, USER, reason, Fen.ZERO), "{reason}"))
                    .matches("\\p{IsHan}{1,5}");
        }
    }

    @Test
    void theFieldsOfATextAreThoseInBraces() {
        assertThat(Wording.fields("a {order} {b} {Amount} { time }")).containsExactly("order", "b");
    }
}

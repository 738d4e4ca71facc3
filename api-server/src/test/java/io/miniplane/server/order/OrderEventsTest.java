package io.miniplane.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.server.order.ShippedBy.Logistics;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.DomainEvent.Aggregate;
import io.miniplane.server.platform.security.UserId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderEventsTest {

    private static final OrderId ORDER = OrderId.parse("019a1b2c-7a1b-7c3d-9e0f-1a2b3c4d5e6f");
    private static final UserId USER = new UserId(UUID.fromString("018f6f5e-7a1b-7c3d-9e0f-1a2b3c4d5e6f"));
    private static final ProductRef TEA = new ProductRef(UUID.fromString("018f6f5e-0000-7c3d-9e0f-1a2b3c4d5e6f"));

    static Stream<OrderEvent> events() {
        return Stream.of(
                new OrderEvent.Created(ORDER, USER, List.of(new OrderedLine(TEA, 2))),
                new OrderEvent.Confirmed(ORDER, USER, new Fen(1990)),
                new OrderEvent.Cancelled(ORDER, USER, CancelReason.BY_USER, new Fen(1990)),
                new OrderEvent.Paid(ORDER, USER, new Fen(1990), "4200001234"),
                new OrderEvent.Shipped(ORDER, USER, new ShippedBy(Logistics.EXPRESS, "ZTO", "7312345678")),
                new OrderEvent.Shipped(ORDER, USER, new ShippedBy(Logistics.VIRTUAL, null, null)),
                new OrderEvent.Completed(ORDER, USER),
                new OrderEvent.Refunded(ORDER, USER, new Fen(1)));
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatIsWrittenIsReadAgain(OrderEvent event) {
        DomainEvent written = OrderEvents.write(event);
        assertThat(OrderEvents.read(written)).isEqualTo(event);
        assertThat(written.aggregate()).isEqualTo(new Aggregate("order", ORDER.toString()));
        assertThat(written.isPersonal()).isFalse();
        assertThat(written.type())
                .isEqualTo("order." + event.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }

    @Test
    void theDataIsJsonWithMoneyInFen() {
        assertThat(OrderEvents.write(new OrderEvent.Created(ORDER, USER, List.of(new OrderedLine(TEA, 2))))
                        .data())
                .isEqualTo("{\"orderId\":\"" + ORDER + "\",\"userId\":\"" + USER + "\",\"lines\":[{\"productId\":\""
                        + TEA + "\",\"quantity\":2}]}");
        assertThat(OrderEvents.write(new OrderEvent.Cancelled(ORDER, USER, CancelReason.UNPAID, Fen.ZERO))
                        .data())
                .endsWith("\"reason\":\"UNPAID\",\"refundDue\":0}");
    }

    @Test
    void whatIsAddedLaterDoesNoHarm() {
        assertThat(read("order.completed", "{\"orderId\":\"" + ORDER + "\",\"userId\":\"" + USER + "\",\"new\":[1]}"))
                .isEqualTo(new OrderEvent.Completed(ORDER, USER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"orderId\":\"019a1b2c-7a1b-7c3d-9e0f-1a2b3c4d5e6f\"}",
                "{\"orderId\":\"none\",\"userId\":\"018f6f5e-7a1b-7c3d-9e0f-1a2b3c4d5e6f\",\"total\":1}",
                "{\"orderId\":\"019a1b2c-7a1b-7c3d-9e0f-1a2b3c4d5e6f\",\"userId\":\"018f6f5e-7a1b-7c3d-9e0f-1a2b3c4d5e6f\",\"total\":1.5}",
                "{\"orderId\":\"019a1b2c-7a1b-7c3d-9e0f-1a2b3c4d5e6f\",\"userId\":\"018f6f5e-7a1b-7c3d-9e0f-1a2b3c4d5e6f\",\"total\":-1}"
            })
    void whatCannotBeReadIsAnErrorAndNoGuess(String data) {
        assertThatThrownBy(() -> read("order.confirmed", data)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read("order.unheard-of", data)).isInstanceOf(IllegalArgumentException.class);
    }

    private static OrderEvent read(String type, String data) {
        return OrderEvents.read(DomainEvent.of(type, new Aggregate("order", ORDER.toString()), data));
    }
}

package io.miniplane.server.order.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.order.OrderStatus;
import io.miniplane.server.order.ShippedBy;
import io.miniplane.server.order.ShippedBy.Logistics;
import io.miniplane.server.order.domain.Decision.Changed;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Fen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Orders to which anything is done in any order. */
class OrderWalkTest {

    private static final int WALKS = 20_000;
    private static final int STEPS = 25;

    @Test
    void nothingThatIsDoneInAnyOrderBreaksAnOrder() {
        Random random = new Random(42);
        Set<OrderStatus> ends = EnumSet.noneOf(OrderStatus.class);
        for (int walk = 0; walk < WALKS; walk++) {
            List<OrderEvent> events = new ArrayList<>();
            Order order = Acts.made();
            for (int step = 0; step < STEPS; step++) {
                order = step(order, random, Acts.NOW.plusSeconds(step), events);
            }
            check(order, events);
            ends.add(order.status());
        }
        assertThat(ends).as("statuses that walks ended in").contains(OrderStatus.COMPLETED, OrderStatus.CANCELLED);
        assertThat(ends).contains(OrderStatus.REFUNDED);
    }

    private static Order step(Order order, Random random, Instant now, List<OrderEvent> events) {
        try {
            Decision decision = act(order, random, now);
            assertThat(decision.order().version() - order.version())
                    .isEqualTo(decision instanceof Decision.Unchanged ? 0 : 1);
            if (decision instanceof Changed(var then, var event)) {
                events.add(event);
                assertThat(after(order.status())).contains(then.status());
            }
            return decision.order();
        } catch (Failure refusal) {
            return order;
        }
    }

    private static Decision act(Order order, Random random, Instant now) {
        String some = String.valueOf(random.nextInt(3));
        return switch (random.nextInt(9)) {
            case 0 -> order.confirm(now);
            case 1 -> order.runOut(now);
            case 2 -> order.expire(now, Acts.TIMEOUT.dividedBy(100));
            case 3 -> random.nextInt(4) == 0 ? order.cancel(now) : order.confirm(now);
            case 4 ->
                order.settle(new Payment(some, new Fen(3999 + random.nextInt(2)), now))
                        .decision();
            case 5 ->
                order.ship(random.nextBoolean() ? Acts.BY_ZTO : new ShippedBy(Logistics.VIRTUAL, null, null), now);
            case 6 -> order.receive(now);
            case 7 -> order.complete(now);
            default -> order.refund(some, new Fen(random.nextInt(4) * 1000L)).decision();
        };
    }

    private static Set<OrderStatus> after(OrderStatus status) {
        return switch (status) {
            case CREATED -> EnumSet.of(OrderStatus.CONFIRMED, OrderStatus.CANCELLED);
            case CONFIRMED -> EnumSet.of(OrderStatus.PAID, OrderStatus.CANCELLED);
            case PAID -> EnumSet.of(OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.CANCELLED, OrderStatus.REFUNDED);
            case SHIPPED -> EnumSet.of(OrderStatus.SHIPPED, OrderStatus.COMPLETED, OrderStatus.REFUNDED);
            case COMPLETED -> EnumSet.of(OrderStatus.COMPLETED, OrderStatus.REFUNDED);
            case CANCELLED -> EnumSet.of(OrderStatus.CANCELLED, OrderStatus.REFUNDED);
            case REFUNDED -> EnumSet.noneOf(OrderStatus.class);
        };
    }

    private static void check(Order order, List<OrderEvent> events) {
        History history = order.history();
        Payment payment = history.payment();
        Fen paid = payment == null ? Fen.ZERO : payment.amount();
        assertThat(order.held().amount()).isBetween(0L, paid.amount());
        assertThat(history.cancellation() == null || !order.isShipped())
                .as("nothing that was shipped is cancelled")
                .isTrue();
        assertThat(order.status() == OrderStatus.REFUNDED)
                .isEqualTo(payment != null && !order.held().isPositive());
        assertThat(!order.isShipped() || payment != null).isTrue();
        assertThat(history.completedAt() == null || order.isShipped()).isTrue();
        assertThat(count(events, OrderEvent.Confirmed.class)).isLessThanOrEqualTo(1);
        assertThat(count(events, OrderEvent.Paid.class)).isLessThanOrEqualTo(1);
        assertThat(count(events, OrderEvent.Shipped.class)).isLessThanOrEqualTo(1);
        assertThat(count(events, OrderEvent.Completed.class)).isLessThanOrEqualTo(1);
        assertThat(count(events, OrderEvent.Cancelled.class)).isLessThanOrEqualTo(1);
        assertThat(refunded(events)).isEqualTo(history.refunds().total());
    }

    private static long count(List<OrderEvent> events, Class<?> kind) {
        return events.stream().filter(kind::isInstance).count();
    }

    private static Fen refunded(List<OrderEvent> events) {
        return events.stream()
                .map(event -> event instanceof OrderEvent.Refunded(var order, var user, var amount) ? amount : Fen.ZERO)
                .reduce(Fen.ZERO, Fen::plus);
    }
}

package io.miniplane.server.order.domain;

import static io.miniplane.server.order.domain.Acts.BY_ZTO;
import static io.miniplane.server.order.domain.Acts.NOW;
import static io.miniplane.server.order.domain.Acts.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.server.order.CancelReason;
import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.OrderStatus;
import io.miniplane.server.order.OrderedLine;
import io.miniplane.server.order.PaymentSettlement.AlreadyRefunded;
import io.miniplane.server.order.PaymentSettlement.AlreadySettled;
import io.miniplane.server.order.PaymentSettlement.NotPayable;
import io.miniplane.server.order.PaymentSettlement.Refunded;
import io.miniplane.server.order.PaymentSettlement.Settled;
import io.miniplane.server.order.PaymentSettlement.TooLate;
import io.miniplane.server.order.PaymentSettlement.TooMuch;
import io.miniplane.server.order.PaymentSettlement.WrongAmount;
import io.miniplane.server.order.ShippedBy;
import io.miniplane.server.order.ShippedBy.Logistics;
import io.miniplane.server.order.domain.Decision.Changed;
import io.miniplane.server.order.domain.Decision.Noted;
import io.miniplane.server.order.domain.Decision.Unchanged;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.security.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {

    private static final Fen TOTAL = new Fen(4000);

    /** What becomes of an order of each status; = means that it stays as it is, a number that the act is refused with that code. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                //        CREATED   CONFIRMED PAID      SHIPPED   COMPLETED CANCELLED REFUNDED
                "confirm  CONFIRMED =         =         =         =         =         =",
                "runOut   CANCELLED =         CANCELLED =         =         =         =",
                "expire   =         CANCELLED =         =         =         =         =",
                "cancel   CANCELLED CANCELLED CANCELLED 40901     40901     =         40934",
                "settle   =         PAID      =         =         =         noted     =",
                "ship     40932     40932     SHIPPED   =         40932     40932     40932",
                "receive  40933     40933     40933     COMPLETED =         40933     40933",
                "complete =         =         =         COMPLETED =         =         =",
                "refund   =         =         REFUNDED  REFUNDED  REFUNDED  =         ="
            })
    void everyActHasItsOutcomeInEveryStatus(String row) {
        List<String> cells = List.of(row.split(" +", -1));
        UnaryOperator<Order> act = Objects.requireNonNull(Acts.all().get(cells.getFirst()));
        Iterator<String> expected = cells.listIterator(1);
        for (OrderStatus status : OrderStatus.values()) {
            assertThat(outcome(Acts.in(status), act))
                    .as("%s of an order that is %s", cells.getFirst(), status)
                    .isEqualTo(expected.next());
        }
    }

    private static String outcome(Order order, UnaryOperator<Order> act) {
        try {
            Order then = act.apply(order);
            if (then.equals(order)) {
                return "=";
            }
            assertThat(then.version()).isEqualTo(order.version() + 1);
            return then.status() == order.status() ? "noted" : then.status().name();
        } catch (Failure refusal) {
            return String.valueOf(refusal.code().value());
        }
    }

    @ParameterizedTest
    @EnumSource(OrderStatus.class)
    void theUsualWayLeadsToEveryStatus(OrderStatus status) {
        assertThat(Acts.in(status).status()).isEqualTo(status);
    }

    @Test
    void itCostsTheSumOfItsItems() {
        assertThat(Acts.made().total()).isEqualTo(TOTAL);
        Order dear =
                Order.made(Acts.made().id(), Acts.made().user(), List.of(Acts.item(1, "Gold", Long.MAX_VALUE, 2)), NOW);
        assertThatThrownBy(dear::total).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void everyChangeTellsWhatHappened() {
        Order confirmed = told(Acts.made().confirm(NOW), new OrderEvent.Confirmed(id(), user(), TOTAL));
        Order paid = told(Acts.settle(confirmed).decision(), new OrderEvent.Paid(id(), user(), TOTAL, "4200001"));
        Order shipped = told(paid.ship(BY_ZTO, NOW), new OrderEvent.Shipped(id(), user(), BY_ZTO));
        Order completed = told(shipped.receive(NOW), new OrderEvent.Completed(id(), user()));
        told(completed.refund("r", TOTAL).decision(), new OrderEvent.Refunded(id(), user(), TOTAL));
        told(Acts.made().runOut(NOW), cancelled(CancelReason.OUT_OF_STOCK, Fen.ZERO));
        told(confirmed.expire(NOW.plus(TIMEOUT), TIMEOUT), cancelled(CancelReason.UNPAID, Fen.ZERO));
        told(confirmed.cancel(NOW), cancelled(CancelReason.BY_USER, Fen.ZERO));
        told(paid.cancel(NOW), cancelled(CancelReason.BY_USER, TOTAL));
        told(paid.runOut(NOW), cancelled(CancelReason.OUT_OF_STOCK, TOTAL));
    }

    @Test
    void anOrderWaitsForItsPaymentToTheLastMoment() {
        Order confirmed = Acts.in(OrderStatus.CONFIRMED);
        assertThat(confirmed.expire(NOW.plus(TIMEOUT).minusNanos(1), TIMEOUT)).isInstanceOf(Unchanged.class);
        assertThat(confirmed.expire(NOW.plus(TIMEOUT), TIMEOUT)).isInstanceOf(Changed.class);
    }

    @Test
    void aWrongAmountPaysNothing() {
        Order confirmed = Acts.in(OrderStatus.CONFIRMED);
        for (long amount : new long[] {0, 3999, 4001}) {
            Verdict<?> verdict = confirmed.settle(new Payment("4200001", new Fen(amount), NOW));
            assertThat(verdict.answer()).isEqualTo(new WrongAmount(TOTAL));
            assertThat(verdict.decision()).isEqualTo(new Unchanged(confirmed));
        }
    }

    @Test
    void aPaymentIsSettledOnceHoweverOftenItIsTold() {
        Verdict<?> first = Acts.settle(Acts.in(OrderStatus.CONFIRMED));
        assertThat(first.answer()).isEqualTo(new Settled());
        for (OrderStatus status : List.of(OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.COMPLETED)) {
            assertThat(Acts.settle(Acts.in(status)).answer()).isEqualTo(new AlreadySettled());
        }
        Order cancelled = Acts.in(OrderStatus.PAID).cancel(NOW).order();
        assertThat(Acts.settle(cancelled).answer()).isEqualTo(new AlreadySettled());
        assertThat(Acts.settle(Acts.made()).answer()).isEqualTo(new NotPayable());
    }

    @Test
    void anotherPaymentOfAPaidOrderHasToGoBack() {
        Order paid = Acts.in(OrderStatus.PAID);
        Verdict<?> second = paid.settle(new Payment("4200002", TOTAL, NOW));
        assertThat(second.answer()).isEqualTo(new TooLate(TOTAL));
        assertThat(second.decision()).isEqualTo(new Unchanged(paid));
    }

    @Test
    void aPaymentAfterTheCancellationIsRememberedUntilItIsPaidBack() {
        Verdict<?> late = Acts.settle(Acts.in(OrderStatus.CANCELLED));
        assertThat(late.answer()).isEqualTo(new TooLate(TOTAL));
        assertThat(late.decision()).isInstanceOf(Noted.class);
        Order cancelled = late.decision().order();
        assertThat(Acts.settle(cancelled).answer()).isEqualTo(new TooLate(TOTAL));
        assertThat(Acts.settle(cancelled).decision()).isInstanceOf(Unchanged.class);

        Verdict<?> back = cancelled.refund("r", TOTAL);
        assertThat(back.answer()).isEqualTo(new Refunded(true));
        assertThat(back.decision().order().status()).isEqualTo(OrderStatus.REFUNDED);
        assertThat(Acts.settle(back.decision().order()).answer()).isEqualTo(new AlreadySettled());
    }

    @Test
    void partsArePaidBackUntilNothingIsLeft() {
        Order shipped = Acts.in(OrderStatus.SHIPPED);
        Verdict<?> some = shipped.refund("r-1", new Fen(1500));
        assertThat(some.answer()).isEqualTo(new Refunded(false));
        Order less = told(some.decision(), new OrderEvent.Refunded(id(), user(), new Fen(1500)));
        assertThat(less.status()).isEqualTo(OrderStatus.SHIPPED);
        assertThat(less.refund("r-1", new Fen(1500)).answer()).isEqualTo(new AlreadyRefunded());
        assertThat(less.refund("r-2", new Fen(2501)).answer()).isEqualTo(new TooMuch(new Fen(2500)));
        assertThat(less.refund("r-2", Fen.ZERO).answer()).isEqualTo(new TooMuch(new Fen(2500)));
        Verdict<?> rest = less.refund("r-2", new Fen(2500));
        assertThat(rest.answer()).isEqualTo(new Refunded(true));
        assertThat(rest.decision().order().status()).isEqualTo(OrderStatus.REFUNDED);
        assertThatThrownBy(() -> rest.decision().order().cancel(NOW))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refusal -> assertThat(refusal.code().value()).isEqualTo(40901));
    }

    @Test
    void whatWasPaidBackBeforeACancellationIsNotDueAgain() {
        Order less =
                Acts.in(OrderStatus.PAID).refund("r", new Fen(1000)).decision().order();
        told(less.cancel(NOW), cancelled(CancelReason.BY_USER, new Fen(3000)));
    }

    @Test
    void anOrderIsShippedOneWayOnly() {
        Order shipped = Acts.in(OrderStatus.SHIPPED);
        assertThat(shipped.ship(BY_ZTO, NOW)).isInstanceOf(Unchanged.class);
        assertThatThrownBy(() -> shipped.ship(new ShippedBy(Logistics.PICK_UP, null, null), NOW))
                .isInstanceOf(Failure.class);
    }

    @Test
    void itCanBeSeenAsItWasWhenItWasMade() {
        for (OrderStatus status : OrderStatus.values()) {
            assertThat(Acts.in(status).asMade()).isEqualTo(Acts.made());
        }
    }

    @Test
    void theDescriptionIsCutBetweenCharacters() {
        assertThat(Acts.made().description(127)).isEqualTo("龙井茶 (+1)");
        Order one = Order.made(id(), Acts.made().user(), List.of(Acts.item(1, "茶😀".repeat(40), 1, 1)), NOW);
        String description = one.description(127);
        assertThat(description.getBytes(StandardCharsets.UTF_8)).hasSize(126);
        assertThat(description).isEqualTo("茶😀".repeat(18));
    }

    @Test
    void aBasketNamesEachProductOnceAndSomething() {
        OrderedLine line = Acts.made().items().getFirst().line();
        assertThatThrownBy(() -> new Basket(List.of(line, line)))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refusal -> assertThat(refusal.code().value()).isEqualTo(40063));
        assertThatThrownBy(() -> new Basket(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrderedLine(line.product(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrderedLine(line.product(), 1000)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Order told(Decision decision, OrderEvent event) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Changed.class, changed -> assertThat(changed.event()).isEqualTo(event));
        return decision.order();
    }

    private static OrderEvent cancelled(CancelReason reason, Fen refundDue) {
        return new OrderEvent.Cancelled(id(), user(), reason, refundDue);
    }

    private static OrderId id() {
        return Acts.made().id();
    }

    private static UserId user() {
        return Acts.made().user();
    }
}

package io.miniplane.server.order.infrastructure;

import com.fasterxml.uuid.Generators;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.feature.Features;
import io.miniplane.server.inventory.Inventory;
import io.miniplane.server.order.PayableOrders;
import io.miniplane.server.order.PaymentSettlement;
import io.miniplane.server.order.RefundsInProgress;
import io.miniplane.server.order.application.BrowseOrders;
import io.miniplane.server.order.application.CancelOrder;
import io.miniplane.server.order.application.ChangeOrder;
import io.miniplane.server.order.application.CheckOut;
import io.miniplane.server.order.application.ConfirmOrder;
import io.miniplane.server.order.application.EndOverdue;
import io.miniplane.server.order.application.FindPayable;
import io.miniplane.server.order.application.Orders;
import io.miniplane.server.order.application.PlaceOrder;
import io.miniplane.server.order.application.ReadOrder;
import io.miniplane.server.order.application.ReceiveOrder;
import io.miniplane.server.order.application.SettlePayment;
import io.miniplane.server.order.application.ShipOrder;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.events.EventHandlers;
import io.miniplane.server.platform.events.Outbox;
import java.time.Clock;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Puts the use cases together with what stands behind their ports. */
@Configuration(proxyBeanMethods = false)
class OrderConfiguration {

    private static final String TOO_LONG =
            "set it to less than miniplane.inventory.reservation-time, after which the goods of an order that waits for its"
                    + " payment are others'";

    private static final Clock CLOCK = Clock.systemUTC();

    @Bean
    Orders orders(DatabaseClient database, Outbox outbox, MeterRegistry meters) {
        return new CountedOrders(new PostgresOrders(database, outbox), meters);
    }

    @Bean
    PlaceOrder placeOrder(Orders orders) {
        return new PlaceOrder(orders, Generators.timeBasedEpochRandomGenerator()::generate, CLOCK);
    }

    @Bean
    ReadOrder readOrder(Orders orders) {
        return new ReadOrder(orders);
    }

    @Bean
    BrowseOrders browseOrders(Orders orders) {
        return new BrowseOrders(orders);
    }

    @Bean
    ChangeOrder changeOrder(Orders orders) {
        return new ChangeOrder(orders);
    }

    @Bean
    CancelOrder cancelOrder(ChangeOrder changes) {
        return new CancelOrder(changes, CLOCK);
    }

    @Bean
    ReceiveOrder receiveOrder(ChangeOrder changes) {
        return new ReceiveOrder(changes, CLOCK);
    }

    @Bean
    ShipOrder shipOrder(ChangeOrder changes, RefundsInProgress refunds) {
        return new ShipOrder(changes, refunds, CLOCK);
    }

    @Bean
    PayableOrders payableOrders(Orders orders, OrderSettings settings) {
        return new FindPayable(orders, settings.paymentTimeout(), CLOCK);
    }

    @Bean
    PaymentSettlement paymentSettlement(ChangeOrder changes) {
        return new SettlePayment(changes, CLOCK);
    }

    @Bean
    ConfirmOrder confirmOrder(Inventory inventory, Orders orders, ChangeOrder changes) {
        return new ConfirmOrder(inventory, orders, changes, CLOCK);
    }

    @Bean
    CheckOut checkOut(
            PlaceOrder placeOrder,
            ConfirmOrder confirmOrder,
            Orders orders,
            Features features,
            OrderSettings settings) {
        return new CheckOut(placeOrder, confirmOrder, orders, features, settings.checkoutLimit());
    }

    @Bean
    EventHandlers orderHandlers(ConfirmOrder confirmOrder, Inventory inventory, OrderSettings settings) {
        if (settings.cancelledAfter().compareTo(inventory.reservationTime()) >= 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "miniplane.orders.payment-timeout", settings.paymentTimeout(), TOO_LONG);
        }
        return EventHandlers.of(new ConfirmationHandler(confirmOrder, inventory.effect()));
    }

    @Bean
    OverdueOrders overdueOrders(Orders orders, ChangeOrder changes, OrderSettings settings, AppSettings app) {
        EndOverdue.Limits limits = new EndOverdue.Limits(settings.cancelledAfter(), settings.completedAfter());
        return new OverdueOrders(
                new EndOverdue(orders, changes, limits, CLOCK),
                settings.sweep(),
                app.role().works());
    }
}

package io.miniplane.server.payment.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.identity.UsersAtWechat;
import io.miniplane.server.order.PayableOrders;
import io.miniplane.server.order.PaymentSettlement;
import io.miniplane.server.payment.application.ApplyNews;
import io.miniplane.server.payment.application.CheckPayments;
import io.miniplane.server.payment.application.CompleteOrder;
import io.miniplane.server.payment.application.PaymentMeter;
import io.miniplane.server.payment.application.Payments;
import io.miniplane.server.payment.application.PreparePayment;
import io.miniplane.server.payment.application.ReadPayment;
import io.miniplane.server.payment.application.Refunds;
import io.miniplane.server.payment.application.RequestRefund;
import io.miniplane.server.payment.application.SendRefund;
import io.miniplane.server.payment.application.TakeNotification;
import io.miniplane.server.payment.application.TellShipping;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandlers;
import io.miniplane.server.platform.events.Outbox;
import io.miniplane.server.wechat.MerchantPayments;
import io.miniplane.server.wechat.PayNotifications;
import io.miniplane.server.wechat.ShippingInfo;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Puts the use cases together with what stands behind their ports. */
@Configuration(proxyBeanMethods = false)
class PaymentConfiguration {

    @Bean
    PostgresPayments payments(DatabaseClient database) {
        return new PostgresPayments(database);
    }

    @Bean
    PostgresRefunds refunds(DatabaseClient database, Outbox outbox, PaymentSettings settings) {
        return new PostgresRefunds(database, outbox, settings.firstCheck());
    }

    @Bean
    OutboxNews outboxNews(DatabaseClient database, Outbox outbox, PaymentSettings settings) {
        return new OutboxNews(database, outbox, settings.remember());
    }

    @Bean
    PaymentMeter paymentMeter(MeterRegistry meters) {
        return new PaymentMeter(meters);
    }

    @Bean
    PreparePayment preparePayment(
            PayableOrders orders,
            UsersAtWechat users,
            Payments payments,
            MerchantPayments merchant,
            OutboxNews box,
            PaymentSettings settings) {
        return new PreparePayment(orders, users, payments, merchant, box, settings.recheck());
    }

    @Bean
    TakeNotification takeNotification(PayNotifications notifications, OutboxNews box) {
        return new TakeNotification(notifications, box);
    }

    @Bean
    RequestRefund requestRefund(Payments payments, Refunds refunds, MerchantPayments merchant) {
        return new RequestRefund(payments, refunds, merchant, DomainEvent::newId);
    }

    @Bean
    ReadPayment readPayment(Payments payments, Refunds refunds) {
        return new ReadPayment(payments, refunds);
    }

    @Bean
    EventHandlers paymentHandlers(
            Payments payments,
            Refunds refunds,
            PaymentSettlement orders,
            MerchantPayments merchant,
            OutboxNews box,
            PaymentMeter meter) {
        ApplyNews applyNews = new ApplyNews(payments, refunds, orders, DomainEvent::newId);
        return EventHandlers.of(
                new NewsHandler(applyNews, meter),
                new RefundHandler(new SendRefund(refunds, merchant, box)),
                new CancellationHandler(payments, applyNews));
    }

    @Bean
    EventHandlers shippingHandlers(Payments payments, PayableOrders orders, UsersAtWechat users, ShippingInfo wechat) {
        return EventHandlers.of(
                new ShipmentHandler(new TellShipping(payments, orders, users, wechat, Clock.systemUTC())));
    }

    @Bean
    SettlementHandler settlementHandler(Payments payments, PaymentSettlement orders) {
        return new SettlementHandler(new CompleteOrder(payments, orders));
    }

    @Bean
    Reconciliation reconciliation(
            Payments payments,
            Refunds refunds,
            MerchantPayments merchant,
            OutboxNews box,
            PaymentSettings settings,
            AppSettings app) {
        CheckPayments checks = new CheckPayments(payments, refunds, merchant, box, settings.recheck());
        return new Reconciliation(checks, settings, app.role().works() && merchant.areOn());
    }
}

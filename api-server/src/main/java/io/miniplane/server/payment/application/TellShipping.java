package io.miniplane.server.payment.application;

import io.miniplane.server.identity.UsersAtWechat;
import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.order.PayableOrders;
import io.miniplane.server.order.ShippedBy;
import io.miniplane.server.payment.domain.Payment;
import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.platform.events.HopelessEventException;
import io.miniplane.server.wechat.OrderName;
import io.miniplane.server.wechat.Shipment;
import io.miniplane.server.wechat.Shipment.Delivery;
import io.miniplane.server.wechat.Shipment.Goods;
import io.miniplane.server.wechat.Shipment.Logistics;
import io.miniplane.server.wechat.Shipment.Parcel;
import io.miniplane.server.wechat.Shipment.Waybill;
import io.miniplane.server.wechat.ShippingInfo;
import io.miniplane.server.wechat.WechatFailure;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Tells WeChat how an order that was paid through it is shipped, so that the money is set free. Telling it again does no harm. */
public final class TellShipping {

    private static final int LONGEST_DESCRIPTION = 120;

    private final Payments payments;
    private final PayableOrders orders;
    private final UsersAtWechat users;
    private final ShippingInfo wechat;
    private final Clock clock;

    /** Tells of the orders that have a payment. */
    public TellShipping(
            Payments payments, PayableOrders orders, UsersAtWechat users, ShippingInfo wechat, Clock clock) {
        this.payments = payments;
        this.orders = orders;
        this.users = users;
        this.wechat = wechat;
        this.clock = clock;
    }

    /**
     * Tells how an order is shipped; nothing where it was not paid through WeChat, or WeChat holds no money back from this mini-program.
     *
     * @return an error where WeChat does not know yet: a {@link HopelessEventException} where it never will by itself
     */
    public Mono<Void> tell(OrderEvent.Shipped shipped) {
        return payments.find(new PaymentId(shipped.order().value()))
                .filter(payment -> payment.state() == Payment.State.PAID)
                .flatMap(payment -> shipment(shipped, Objects.requireNonNull(payment.transactionId())))
                .flatMap(wechat::upload)
                .onErrorResume(WechatFailure.class, failure -> judge(shipped, failure))
                .then();
    }

    private Mono<Shipment> shipment(OrderEvent.Shipped shipped, String transactionId) {
        return Mono.zip(
                        users.openId(shipped.user())
                                .switchIfEmpty(
                                        Mono.error(() -> hopeless(shipped, "the account of the buyer is deleted"))),
                        orders.description(shipped.order(), LONGEST_DESCRIPTION),
                        users.maskedPhone(shipped.user()).defaultIfEmpty(""))
                .map(known -> {
                    Waybill waybill = waybill(shipped.by(), known.getT3());
                    Parcel parcel = new Parcel(known.getT2(), waybill);
                    Goods goods = new Goods(
                            new OrderName.Transaction(transactionId),
                            logistics(shipped.by().logistics()),
                            Delivery.UNIFIED,
                            List.of(parcel));
                    return new Shipment(goods, known.getT1(), clock.instant());
                });
    }

    private static @Nullable Waybill waybill(ShippedBy by, String receiver) {
        return by.carrier() == null || by.trackingNumber() == null
                ? null
                : new Waybill(by.carrier(), by.trackingNumber(), null, receiver.isEmpty() ? null : receiver);
    }

    private static Logistics logistics(ShippedBy.Logistics logistics) {
        return switch (logistics) {
            case EXPRESS -> Logistics.EXPRESS;
            case SAME_CITY -> Logistics.SAME_CITY;
            case VIRTUAL -> Logistics.VIRTUAL;
            case PICK_UP -> Logistics.PICK_UP;
        };
    }

    private static Mono<ShippingInfo.Told> judge(OrderEvent.Shipped shipped, WechatFailure failure) {
        return switch (failure) {
            case WechatFailure.NotAuthorised notJoined -> Mono.empty();
            case WechatFailure.NotShippable late ->
                Mono.error(hopeless(shipped, "it may not be shipped, or not once more"));
            case WechatFailure.UserUnknown other -> Mono.error(hopeless(shipped, "another user paid it"));
            case WechatFailure.BadArgument wrong ->
                Mono.error(hopeless(
                        shipped,
                        "the delivery company, the number or, for SF, the buyer's phone number is wrong"
                                + " or missing"));
            case WechatFailure.NothingThere gone
            when gone.retryAfter() == null -> Mono.error(hopeless(shipped, "it does not know the payment"));
            default -> Mono.error(failure);
        };
    }

    private static HopelessEventException hopeless(OrderEvent.Shipped shipped, String why) {
        return new HopelessEventException("WeChat cannot be told how order " + shipped.order() + " is shipped: " + why
                + ". Tell it in the shipping page (发货管理) of the mini-program's console, then discard the letter.");
    }
}

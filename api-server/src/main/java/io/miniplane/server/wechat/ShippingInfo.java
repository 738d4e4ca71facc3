package io.miniplane.server.wechat;

import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * Tells WeChat how orders were shipped. Of a mini-program that sells goods WeChat holds the money back until it knows.
 *
 * <p>A {@link WechatFailure.NothingThere} with a time to wait means that WeChat does not know the payment yet, which lasts up to a minute.
 */
public interface ShippingInfo {

    /** Tells the shipping of an order. After it is complete it may be told once more, and no more. */
    Mono<Told> upload(Shipment shipment);

    /** Tells the shipping of orders that were paid together. */
    Mono<Told> upload(CombinedShipment shipment);

    /** One order. */
    Mono<ShippedOrder> order(OrderName order);

    /** Orders, some at a time. */
    Mono<OrderPage> orders(OrderQuery query);

    /** Reminds the buyer to confirm the receipt; once per order. */
    Mono<Void> remindOfReceipt(OrderName order, Instant receivedAt);

    /** Chooses the page that WeChat's messages on shipping open. */
    Mono<Void> openFromMessages(String path);

    /** Whether WeChat manages the trade of this app, so that it wants shipping told. */
    Mono<Boolean> isManaged();

    /** Whether the app has confirmed all orders from before its trade was managed. */
    Mono<Boolean> isConfirmationComplete();

    /** Puts an order off whose goods come later than usual, or marks it as a trial. */
    Mono<Void> except(SpecialOrder order);

    /** What came of telling. All of these mean that WeChat knows the shipping. */
    enum Told {
        /** WeChat took it. */
        ACCEPTED,
        /** The order is completely shipped already. */
        ALREADY_SHIPPED,
        /** Nothing in it was new. */
        UNCHANGED
    }
}

package io.miniplane.server.order;

import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.security.UserId;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** What a payment has to know of an order. */
public interface PayableOrders {

    /** Whether an own order can be paid; empty where the user has no such order. */
    Mono<Payability> find(OrderId order, UserId user);

    /**
     * What was ordered, as WeChat shows it: the first product and how many others. Empty where there is no such order.
     *
     * @param longest the most bytes of UTF-8
     */
    Mono<String> description(OrderId order, int longest);

    /** Whether an order can be paid. */
    sealed interface Payability {}

    /**
     * It can be paid.
     *
     * @param order which one
     * @param user whose it is
     * @param total what it costs
     * @param description what WeChat shows to the payer, 1 to {@value #LONGEST} bytes of UTF-8: the first product and how many others
     * @param until when it is cancelled unless it is paid
     */
    record Payable(OrderId order, UserId user, Fen total, String description, Instant until) implements Payability {

        /** The most bytes of a description. */
        public static final int LONGEST = 127;
    }

    /**
     * It cannot be paid now.
     *
     * @param status {@link OrderStatus#CREATED} where it can be paid in a moment; after that it is paid already, or over
     */
    record NotPayable(OrderStatus status) implements Payability {}
}

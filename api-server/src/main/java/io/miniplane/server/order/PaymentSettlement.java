package io.miniplane.server.order;

import io.miniplane.server.platform.Fen;
import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * What a payment tells its order. Each call writes one statement with its event, or nothing; called again with the same numbers it changes nothing
 * and says so. Where it meets a cancellation, the time limit or itself, one of them wins and the others see what came of it.
 */
public interface PaymentSettlement {

    /**
     * The order was paid.
     *
     * @param transactionId WeChat Pay's number of the payment
     * @param amount what was paid
     * @param paidAt when, as WeChat Pay says
     */
    Mono<Settlement> settle(OrderId order, String transactionId, Fen amount, Instant paidAt);

    /**
     * Money was paid back.
     *
     * @param refundId the number of the refund, which is paid once
     * @param amount how much, more than nothing
     */
    Mono<Refunding> refunded(OrderId order, String refundId, Fen amount);

    /** What a cancelled order still has of its buyer's money, and has to pay back; zero of any other order. */
    Mono<Fen> owed(OrderId order);

    /** WeChat has settled the payment, so the buyer has the goods; true where that completed the order now. */
    Mono<Boolean> completed(OrderId order);

    /** What came of a payment. */
    sealed interface Settlement {}

    /** The order is paid now. */
    record Settled() implements Settlement {}

    /** This payment was told before, and the order took it. */
    record AlreadySettled() implements Settlement {}

    /**
     * The order was cancelled before, so the payment has to be paid back; the order remembers it: tell {@link #refunded} when that is done. An order
     * that another payment has paid answers the same and remembers nothing.
     *
     * @param refundDue what has to be paid back
     */
    record TooLate(Fen refundDue) implements Settlement {}

    /**
     * Not what the order costs was paid; the order is as it was.
     *
     * @param expected what it costs
     */
    record WrongAmount(Fen expected) implements Settlement {}

    /** There is no such order, or it was never open for payment. */
    record NotPayable() implements Settlement {}

    /** What came of a refund. */
    sealed interface Refunding {}

    /**
     * The order knows of it now.
     *
     * @param wholly whether all that was paid is paid back, so that the order is {@link OrderStatus#REFUNDED}
     */
    record Refunded(boolean wholly) implements Refunding {}

    /** This refund was told before. */
    record AlreadyRefunded() implements Refunding {}

    /**
     * It is more than is left of what was paid; the order is as it was.
     *
     * @param left what is left
     */
    record TooMuch(Fen left) implements Refunding {}

    /** There is no such order. */
    record NoSuchOrder() implements Refunding {}
}

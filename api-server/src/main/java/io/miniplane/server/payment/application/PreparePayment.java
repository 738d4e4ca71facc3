package io.miniplane.server.payment.application;

import io.miniplane.server.identity.UsersAtWechat;
import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.OrderStatus;
import io.miniplane.server.order.PayableOrders;
import io.miniplane.server.order.PayableOrders.NotPayable;
import io.miniplane.server.order.PayableOrders.Payable;
import io.miniplane.server.payment.domain.Payment;
import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.wechat.MerchantPayments;
import io.miniplane.server.wechat.MerchantPayments.Invitation;
import io.miniplane.server.wechat.MerchantPayments.Prepayment;
import io.miniplane.server.wechat.MerchantPayments.Transaction;
import io.miniplane.server.wechat.PayFailure;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Lets a buyer pay an order: makes the payment known to WeChat Pay and tells what opens it. */
public final class PreparePayment {

    private static final ErrorCode NO_SUCH_ORDER = new ErrorCode(40440);
    private static final ErrorCode SESSION_ENDED = new ErrorCode(40104);
    private static final ErrorCode ALREADY_PAID = new ErrorCode(40960);
    private static final ErrorCode OVER = new ErrorCode(40961);
    private static final ErrorCode NOT_YET = new ErrorCode(40963);
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private final PayableOrders orders;
    private final UsersAtWechat users;
    private final Payments payments;
    private final MerchantPayments merchant;
    private final NewsBox box;
    private final Recheck recheck;

    /** @param recheck when WeChat Pay is asked, should it tell nothing */
    public PreparePayment(
            PayableOrders orders,
            UsersAtWechat users,
            Payments payments,
            MerchantPayments merchant,
            NewsBox box,
            Recheck recheck) {
        this.orders = orders;
        this.users = users;
        this.payments = payments;
        this.merchant = merchant;
        this.box = box;
        this.recheck = recheck;
    }

    /**
     * Fresh parameters of {@code wx.requestPayment} for the payment of an own order.
     *
     * @return them, or a failure: 40440 where the user has no such order, 40960, 40961 or 40963 where it cannot be paid, else one of
     *     {@link MerchantPayments#prepay}
     */
    public Mono<Invitation> prepare(OrderId order, UserId user) {
        if (!merchant.areOn()) {
            return Mono.error(PayFailure.Off::new);
        }
        return orders.find(order, user)
                .switchIfEmpty(Mono.error(() -> new Failure(NO_SUCH_ORDER)))
                .flatMap(found -> switch (found) {
                    case Payable payable -> invite(payable);
                    case NotPayable(var status) -> Mono.error(refusal(status));
                });
    }

    private Mono<Invitation> invite(Payable order) {
        PaymentId id = new PaymentId(order.order().value());
        return users.openId(order.user())
                .switchIfEmpty(Mono.error(() -> new Failure(SESSION_ENDED)))
                .flatMap(openId -> payments.open(id, order.total(), order.until(), recheck.first())
                        .doOnNext(PreparePayment::requireOpen)
                        .delayUntil(payment -> requirePayable(order))
                        .map(payment -> new Prepayment(
                                id.number(),
                                order.description(),
                                payment.total().amount(),
                                order.until(),
                                openId)))
                .flatMap(merchant::prepay)
                .onErrorResume(PreparePayment::mayBePaid, refused -> reason(id, refused));
    }

    /** Whoever cancels before the payment is open does not see it to close it, so it is looked at once more. */
    private Mono<Payable> requirePayable(Payable order) {
        return orders.find(order.order(), order.user())
                .ofType(Payable.class)
                .switchIfEmpty(Mono.error(() -> new Failure(OVER)));
    }

    /** What is paid already WeChat Pay does not let be paid again, and its code for that is one of several. */
    private static boolean mayBePaid(Throwable failure) {
        return failure instanceof PayFailure.Refused || failure instanceof PayFailure.AlreadyPaid;
    }

    private Mono<Invitation> reason(PaymentId id, Throwable refused) {
        return merchant.query(id.number())
                .onErrorMap(PayFailure.class, unknown -> refused)
                .filter(Transaction::isPaid)
                .flatMap(paid -> Mono.justOrEmpty(Told.of(paid)))
                .flatMap(news -> box.put(news).then(Mono.<Invitation>error(new Failure(ALREADY_PAID))))
                .switchIfEmpty(Mono.error(refused));
    }

    private static void requireOpen(Payment payment) {
        switch (payment.state()) {
            case OPEN -> {}
            case PAID, DISPUTED -> throw new Failure(ALREADY_PAID);
            case CLOSED -> throw new Failure(OVER);
        }
    }

    private static Failure refusal(OrderStatus status) {
        return switch (status) {
            case CREATED -> new Failure(NOT_YET, SHORTLY, null);
            case PAID, SHIPPED, COMPLETED, REFUNDED -> new Failure(ALREADY_PAID);
            case CANCELLED, CONFIRMED -> new Failure(OVER);
        };
    }
}

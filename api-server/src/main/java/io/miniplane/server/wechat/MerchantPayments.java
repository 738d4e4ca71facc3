package io.miniplane.server.wechat;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * WeChat Pay of the merchant: payments in the mini-program, and their refunds. Money is in fen. Every call may be repeated with the same parameters;
 * all fail with a {@link PayFailure}, with {@link PayFailure.Off} where this server has no settings of WeChat Pay.
 */
public interface MerchantPayments {

    /** Whether this server has settings of WeChat Pay. */
    default boolean areOn() {
        return true;
    }

    /** Makes a payment known to WeChat Pay, or the same once more, and tells what opens it in the mini-program for the next two hours. */
    Mono<Invitation> prepay(Prepayment payment);

    /** How a payment stands; {@link PayFailure.NotThere} where none was made known under the number. */
    Mono<Transaction> query(String number);

    /** Closes a payment that was not made, so that it never can be; {@link PayFailure.AlreadyPaid} where it was. */
    Mono<Void> close(String number);

    /** Asks for a refund, or for the same once more; that it is accepted does not mean that it is done. */
    Mono<Refund> refund(RefundOrder order);

    /** How a refund stands; {@link PayFailure.NotThere} where none was asked for under the number. */
    Mono<Refund> refundOf(String number);

    /**
     * A payment to be made.
     *
     * @param number the merchant's number for it, 6 to 32 letters, digits and signs
     * @param description what the payer reads, 1 to 127 characters
     * @param total fen, above 0
     * @param expires the last moment to pay, whole seconds count
     * @param openId who pays
     */
    record Prepayment(String number, String description, long total, Instant expires, String openId) {

        @Override
        public String toString() {
            return "Prepayment[" + number + "]";
        }
    }

    /**
     * The parameters of {@code wx.requestPayment}.
     *
     * @param timeStamp when it was signed, Unix seconds as text
     * @param nonceStr randomness
     * @param packageValue what {@code package} is to be
     * @param signType always {@code RSA}
     * @param paySign the merchant's signature
     */
    record Invitation(String timeStamp, String nonceStr, String packageValue, String signType, String paySign) {

        @Override
        public String toString() {
            return "Invitation[redacted]";
        }
    }

    /**
     * A payment as WeChat Pay knows it.
     *
     * @param number the merchant's number
     * @param transactionId WeChat Pay's number, or null until it is paid
     * @param state how it stands
     * @param total fen, or 0 where WeChat Pay does not tell
     * @param currency such as {@code CNY}
     * @param paidAt when it was paid, or null until then
     */
    record Transaction(
            String number,
            @Nullable String transactionId,
            State state,
            long total,
            String currency,
            @Nullable Instant paidAt) {

        /** Whether the money came, be it refunded since or not. */
        public boolean isPaid() {
            return state == State.SUCCESS || state == State.REFUND;
        }

        /** How a payment stands. */
        public enum State {
            /** It is paid. */
            SUCCESS,
            /** It was paid and something of it refunded. */
            REFUND,
            /** It is not paid. */
            NOTPAY,
            /** It is closed. */
            CLOSED,
            /** It was taken back. */
            REVOKED,
            /** The payer is at it. */
            USERPAYING,
            /** It failed; the payer may try again. */
            PAYERROR,
            /** It is accepted and waits. */
            ACCEPT,
            /** What this version does not know. */
            OTHER;

            /** The state of a word of WeChat Pay's. */
            public static State of(String word) {
                return named(values(), word, OTHER);
            }
        }
    }

    /**
     * A refund to be made.
     *
     * @param payment the merchant's number of the payment
     * @param number the merchant's number of the refund, 1 to 64 letters, digits and signs
     * @param reason what the payer reads, 80 characters at most, or null
     * @param amount fen, above 0
     * @param total fen of the whole payment
     */
    record RefundOrder(
            String payment, String number, @Nullable String reason, long amount, long total) {

        @Override
        public String toString() {
            return "RefundOrder[" + number + "]";
        }
    }

    /**
     * A refund as WeChat Pay knows it.
     *
     * @param payment the merchant's number of the payment
     * @param number the merchant's number of the refund
     * @param refundId WeChat Pay's number
     * @param status how it stands
     * @param amount fen
     */
    record Refund(String payment, String number, String refundId, Status status, long amount) {

        /** How a refund stands. */
        public enum Status {
            /** The money is on its way back. */
            PROCESSING,
            /** The payer has the money. */
            SUCCESS,
            /** It is not made, and never will be under this number. */
            CLOSED,
            /** The payer's card does not take the money: staff has to act at the merchant platform. */
            ABNORMAL,
            /** What this version does not know. */
            OTHER;

            /** The status of a word of WeChat Pay's. */
            public static Status of(String word) {
                return named(values(), word, OTHER);
            }
        }
    }

    private static <E extends Enum<E>> E named(E[] known, String word, E otherwise) {
        return Arrays.stream(known)
                .filter(one -> one.name().equals(word))
                .findFirst()
                .orElse(otherwise);
    }
}

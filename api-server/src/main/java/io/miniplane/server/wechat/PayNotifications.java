package io.miniplane.server.wechat;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Opens what WeChat Pay sends to the address that it was told. */
public interface PayNotifications {

    /**
     * Verifies and decrypts a notification.
     *
     * @return what it tells, or a {@link PayNotificationRefused}; {@link PayFailure.Off} where this server has no settings of WeChat Pay
     */
    Mono<Notification> open(Signature signature, byte[] body);

    /**
     * The headers that prove who sent it, each null where it is absent.
     *
     * @param timestamp {@code Wechatpay-Timestamp}
     * @param nonce {@code Wechatpay-Nonce}
     * @param signature {@code Wechatpay-Signature}
     * @param serial {@code Wechatpay-Serial}
     */
    record Signature(
            @Nullable String timestamp,
            @Nullable String nonce,
            @Nullable String signature,
            @Nullable String serial) {

        @Override
        public String toString() {
            return "Signature[redacted]";
        }
    }

    /**
     * A notification of WeChat Pay's to this merchant and mini-program.
     *
     * @param id WeChat Pay's id; the same when it is sent again
     * @param news what it tells
     * @param resource what was encrypted in it, JSON; it names the payer
     */
    record Notification(String id, News news, String resource) {

        @Override
        public String toString() {
            return "Notification[" + id + "]";
        }
    }

    /** What a notification tells. */
    sealed interface News {

        /** How a payment stands. */
        record OfPayment(MerchantPayments.Transaction transaction) implements News {}

        /** How a refund stands. */
        record OfRefund(MerchantPayments.Refund refund) implements News {}

        /**
         * What this version has no use for.
         *
         * @param event WeChat Pay's type of event
         */
        record OfAnythingElse(String event) implements News {}
    }
}

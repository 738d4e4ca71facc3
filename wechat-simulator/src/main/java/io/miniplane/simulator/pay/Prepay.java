package io.miniplane.simulator.pay;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant asks to be paid for.
 *
 * @param appId the app it is paid in
 * @param merchantId who is paid
 * @param outTradeNo the merchant's number of the order
 * @param description what is bought
 * @param total in fen
 * @param openId the user who pays
 * @param notifyUrl where the payment is notified
 * @param attach comes back in answers and notifications, or empty
 * @param expiresAt the last moment to pay, or null
 */
public record Prepay(
        String appId,
        String merchantId,
        String outTradeNo,
        String description,
        long total,
        String openId,
        URI notifyUrl,
        String attach,
        @Nullable Instant expiresAt) {}

package io.miniplane.server.payment.domain;

import java.util.Optional;
import java.util.UUID;

/**
 * Identifies a refund.
 *
 * @param value a UUID of version 7
 */
public record RefundId(UUID value) {

    /** The number under which WeChat Pay knows it: 32 hexadecimal digits. */
    public String number() {
        return PaymentId.digits(value);
    }

    /** The id of a number of WeChat Pay's, empty where it is none of ours. */
    public static Optional<RefundId> ofNumber(String number) {
        return PaymentId.uuid(number).map(RefundId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

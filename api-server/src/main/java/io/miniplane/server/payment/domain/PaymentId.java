package io.miniplane.server.payment.domain;

import java.util.Optional;
import java.util.UUID;

/**
 * Identifies a payment: an order has one, so it is the order's id.
 *
 * @param value a UUID
 */
public record PaymentId(UUID value) {

    /** The number under which WeChat Pay knows it: 32 hexadecimal digits. */
    public String number() {
        return digits(value);
    }

    /** The id of a number of WeChat Pay's, empty where it is none of ours. */
    public static Optional<PaymentId> ofNumber(String number) {
        return uuid(number).map(PaymentId::new);
    }

    static String digits(UUID id) {
        return id.toString().replace("-", "");
    }

    static Optional<UUID> uuid(String digits) {
        return digits.matches("[0-9a-f]{32}")
                ? Optional.of(
                        new UUID(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package io.miniplane.server.wechat;

/**
 * A phone number that WeChat vouches for.
 *
 * @param countryCode digits without a plus sign, 86 for the mainland
 * @param number the number without country code
 */
public record PhoneNumber(String countryCode, String number) {

    @Override
    public String toString() {
        return "PhoneNumber[redacted]";
    }
}

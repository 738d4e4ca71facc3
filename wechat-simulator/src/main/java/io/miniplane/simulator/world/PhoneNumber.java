package io.miniplane.simulator.world;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phone number as WeChat tells it.
 *
 * @param countryCode digits without a plus sign, 86 for the mainland
 * @param number the number without country code
 */
public record PhoneNumber(String countryCode, String number) {

    private static final Pattern WRITTEN = Pattern.compile("(?:\\+(\\d{1,4})[ -])?(\\d{5,15})");
    private static final String MAINLAND = "86";

    /**
     * Reads {@code 13812345678} or, for another country, {@code +852 61234567}.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    public static PhoneNumber parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "A phoneNumber is written 13812345678 or, with a country code, +852 61234567.");
        }
        String country = matcher.group(1);
        return new PhoneNumber(country == null ? MAINLAND : country, matcher.group(2));
    }

    /** A random mainland number. */
    static PhoneNumber random() {
        return new PhoneNumber(MAINLAND, "138" + RandomText.digits(8));
    }

    /** The number with only its ends to see, like {@code 138****5678}. */
    public String masked() {
        boolean roomy = number.length() >= 10;
        return number.substring(0, roomy ? 3 : 1) + "****" + number.substring(number.length() - (roomy ? 4 : 2));
    }

    /** The number, with its prefix when it is foreign. */
    public String withPrefix() {
        return countryCode.equals(MAINLAND) ? number : "+" + countryCode + number;
    }
}

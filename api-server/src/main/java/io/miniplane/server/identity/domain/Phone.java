package io.miniplane.server.identity.domain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phone number that WeChat vouched for.
 *
 * @param countryCode 1 to 4 digits without a plus sign, 86 for the mainland
 * @param number 5 to 15 digits without country code
 */
public record Phone(String countryCode, String number) {

    private static final Pattern TEXT = Pattern.compile("\\+(\\d{1,4}) (\\d{5,15})");
    private static final int FRONT = 3;
    private static final int BACK = 4;
    private static final int SHORT_END = 2;

    /** @throws IllegalArgumentException when either is no such number; the message does not repeat it */
    public Phone {
        if (!TEXT.matcher("+" + countryCode + " " + number).matches()) {
            throw new IllegalArgumentException("A phone number is a country code and 5 to 15 digits");
        }
    }

    /** Reads what {@link #text()} wrote. */
    public static Phone parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("A phone number is written +86 13800138000");
        }
        return new Phone(matcher.group(1), matcher.group(2));
    }

    /** The form that is encrypted and indexed, such as {@code +86 13800138000}. */
    public String text() {
        return "+" + countryCode + " " + number;
    }

    /** The form that answers show: {@code 138****1234}, or the last two digits of a short number. */
    public String masked() {
        int shown = FRONT + BACK;
        return number.length() > shown + 1
                ? number.substring(0, FRONT) + "*".repeat(number.length() - shown) + tail(BACK)
                : "*".repeat(number.length() - SHORT_END) + tail(SHORT_END);
    }

    private String tail(int digits) {
        return number.substring(number.length() - digits);
    }

    @Override
    public String toString() {
        return "Phone[redacted]";
    }
}

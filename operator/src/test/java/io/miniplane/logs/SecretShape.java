package io.miniplane.logs;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What secrets and personal data look like wherever they are written. */
enum SecretShape {
    APP_SECRET("AppSecret of the trial app", "0123456789abcdef0123456789abcdef"),
    PHONE_NUMBER("phone number", "(?<![\\w.:+-])(?:\\+?86)?1[3-9]\\d{9}(?![\\w.])"),
    SESSION_KEY("session key (16 bytes in base64)", "(?<![\\w+/=])[A-Za-z0-9+/]{22}==(?![\\w=])"),
    LOGIN_CODE(
            "one-time code (32 letters and digits)",
            "(?<![\\w.$/-])0[A-Za-z0-9]{31}(?![\\w.$/-])",
            text -> text.matches(".*[A-Z].*") && text.matches(".*[g-z].*")),
    JSON_WEB_TOKEN("signed token", "eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]{16,}"),
    OPAQUE_TOKEN(
            "access or refresh token (40 random characters or more)",
            "(?<![\\w.$/:+-])[A-Za-z0-9_-]{40,}(?![\\w.$/(:-])",
            SecretShape::looksRandom),
    KEY_MATERIAL("key of a keyset", "\"keyData\"|\"d\"\\s*:\\s*\"[\\w-]{40,}\"|-----BEGIN [A-Z ]*PRIVATE KEY-----");

    private final String description;
    private final Pattern pattern;
    private final Predicate<String> confirmed;

    SecretShape(String description, String pattern) {
        this(description, pattern, text -> true);
    }

    SecretShape(String description, String pattern, Predicate<String> confirmed) {
        this.description = description;
        this.pattern = Pattern.compile(pattern);
        this.confirmed = confirmed;
    }

    /** The first shape that stands in a line. */
    static Optional<SecretShape> in(String line) {
        return Arrays.stream(values()).filter(shape -> shape.standsIn(line)).findFirst();
    }

    String description() {
        return description;
    }

    private boolean standsIn(String line) {
        Matcher matcher = pattern.matcher(line);
        while (matcher.find()) {
            if (confirmed.test(matcher.group())) {
                return true;
            }
        }
        return false;
    }

    /** Names written in camel case or with dashes change between letters and digits seldom; random text does all the time. */
    private static boolean looksRandom(String text) {
        int changes = 0;
        for (int i = 1; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i)) != Character.isDigit(text.charAt(i - 1))) {
                changes++;
            }
        }
        boolean mixedCase = text.matches(".*[A-Z].*") && text.matches(".*[g-z].*");
        return mixedCase && changes >= 6;
    }
}

package io.miniplane.logs;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What secrets and personal data look like wherever they are written. */
enum SecretShape {
    APP_SECRET("AppSecret of the trial app", "0123456789abcdef0123456789abcdef"),
    PHONE_NUMBER("phone number", "(?<![\\w.:+-])(?:\\+?86)?1[3-9]\\d{9}(?![\\w.])"),
    SESSION_KEY("session key (16 bytes in base64)", "(?<![\\w+/=])[A-Za-z0-9+/]{22}==(?![\\w=])"),
    LOGIN_CODE("one-time code (32 letters and digits)", "(?<![\\w.$/-])0[A-Za-z0-9]{31}(?![\\w.$/-])") {
        @Override
        boolean confirms(String text) {
            return mixesCase(text);
        }
    },
    JSON_WEB_TOKEN("signed token", "eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]{16,}"),
    OPAQUE_TOKEN(
            "access or refresh token (40 random characters or more)",
            "(?<![\\w.$/:+-])[A-Za-z0-9_-]{40,}(?![\\w.$/(:-])") {
        @Override
        boolean confirms(String text) {
            return mixesCase(text) && changesBetweenLettersAndDigits(text) >= 6;
        }
    },
    KEY_MATERIAL("key of a keyset", "\"keyData\"|\"d\"\\s*:\\s*\"[\\w-]{40,}\"|-----BEGIN [A-Z ]*PRIVATE KEY-----");

    private final String description;
    private final Pattern pattern;

    SecretShape(String description, String pattern) {
        this.description = description;
        this.pattern = Pattern.compile(pattern);
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
            if (confirms(matcher.group())) {
                return true;
            }
        }
        return false;
    }

    /** Whether text that fits the pattern is more than a name or a digest. */
    boolean confirms(String text) {
        return true;
    }

    private static boolean mixesCase(String text) {
        return text.matches(".*[A-Z].*") && text.matches(".*[g-z].*");
    }

    /** Few in names written in camel case or with dashes, many in random text. */
    private static int changesBetweenLettersAndDigits(String text) {
        int changes = 0;
        for (int i = 1; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i)) != Character.isDigit(text.charAt(i - 1))) {
                changes++;
            }
        }
        return changes;
    }
}

package io.miniplane.simulator.world;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Unguessable text in the shapes that WeChat hands out. */
public final class RandomText {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final RandomGenerator RANDOM = new SecureRandom();

    private RandomText() {}

    /** Letters and digits. */
    public static String letters(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** Decimal digits. */
    public static String digits(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('0' + RANDOM.nextInt(10)));
        }
        return text.toString();
    }

    /** Eight hexadecimal digits. */
    public static String hexWord() {
        return "%08x".formatted(RANDOM.nextInt());
    }

    /** Random bytes in base64; 16 bytes give 24 characters. */
    public static String base64(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }
}

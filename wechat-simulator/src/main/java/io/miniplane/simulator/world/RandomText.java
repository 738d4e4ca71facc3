package io.miniplane.simulator.world;

import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** Text in the shapes that WeChat hands out: it does not repeat, but guards nothing, so no source of entropy is read. */
public final class RandomText {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private RandomText() {}

    /** Letters and digits. */
    public static String letters(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(ThreadLocalRandom.current().nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** Decimal digits. */
    public static String digits(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('0' + ThreadLocalRandom.current().nextInt(10)));
        }
        return text.toString();
    }

    /** Eight hexadecimal digits. */
    public static String hexWord() {
        return "%08x".formatted(ThreadLocalRandom.current().nextInt());
    }

    /** Random bytes in base64; 16 bytes give 24 characters. */
    public static String base64(int bytes) {
        byte[] random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }
}

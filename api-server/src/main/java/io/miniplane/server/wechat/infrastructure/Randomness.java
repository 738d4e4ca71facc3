package io.miniplane.server.wechat.infrastructure;

import java.security.SecureRandom;
import java.util.Base64;

/** Where the random parts of secured calls come from. */
interface Randomness {

    /** Text of 16 to 32 random bytes, which makes requests of the same content differ in length too. */
    String nonce();

    /** An initialization vector that was never used before. */
    byte[] iv();

    /** Randomness that nobody can guess. */
    static Randomness secure() {
        SecureRandom random = new SecureRandom();
        return new Randomness() {

            private static final int FEWEST = 16;
            private static final int MOST = 32;

            @Override
            public String nonce() {
                return Base64.getEncoder().withoutPadding().encodeToString(bytes(random.nextInt(FEWEST, MOST + 1)));
            }

            @Override
            public byte[] iv() {
                return bytes(SecurityKeys.IV_BYTES);
            }

            private byte[] bytes(int count) {
                byte[] bytes = new byte[count];
                random.nextBytes(bytes);
                return bytes;
            }
        };
    }
}

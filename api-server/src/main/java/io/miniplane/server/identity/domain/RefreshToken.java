package io.miniplane.server.identity.domain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A refresh token: 256 random bits that stay the same for the whole session and find it, and 256 that change at each use. Who presents the first
 * half with a second half that is not the newest holds a token that was used before, whichever it is, so no list of used tokens is needed. The
 * server keeps hashes only.
 *
 * @param selectorHash SHA-256 of the half that stays
 * @param secretHash SHA-256 of the half that changes
 */
public record RefreshToken(Hash selectorHash, Hash secretHash) {

    private static final int HALF = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A token of a new session. */
    public static Issued first() {
        return Issued.of(random(), random());
    }

    /** What a client sent, or empty where it cannot be a refresh token. */
    public static Optional<Presented> parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length == 2 * HALF ? Optional.of(new Presented(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[HALF];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static RefreshToken of(byte[] selector, byte[] secret) {
        return new RefreshToken(Hash.of(selector), Hash.of(secret));
    }

    /**
     * A token to hand out.
     *
     * @param text what the client gets, 86 characters; never logged, never stored
     * @param token what is stored
     */
    public record Issued(String text, RefreshToken token) {

        private static Issued of(byte[] selector, byte[] secret) {
            byte[] bytes = new byte[2 * HALF];
            System.arraycopy(selector, 0, bytes, 0, HALF);
            System.arraycopy(secret, 0, bytes, HALF, HALF);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            return new Issued(text, RefreshToken.of(selector, secret));
        }

        @Override
        public String toString() {
            return "Issued[redacted]";
        }
    }

    /** A token that a client sent. */
    public static final class Presented {

        private final byte[] selector = new byte[HALF];
        private final byte[] secret = new byte[HALF];

        private Presented(byte[] bytes) {
            System.arraycopy(bytes, 0, selector, 0, HALF);
            System.arraycopy(bytes, HALF, secret, 0, HALF);
        }

        /** What it must match in the store. */
        public RefreshToken token() {
            return of(selector, secret);
        }

        /** Its successor in the same session. */
        public Issued next() {
            return Issued.of(selector, random());
        }
    }

    /** A SHA-256 hash. */
    public static final class Hash {

        private final byte[] bytes;

        private Hash(byte[] bytes) {
            this.bytes = bytes;
        }

        private static Hash of(byte[] half) {
            try {
                return new Hash(MessageDigest.getInstance("SHA-256").digest(half));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has SHA-256", e);
            }
        }

        /** The 32 bytes of the hash. */
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Hash hash && MessageDigest.isEqual(bytes, hash.bytes);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(bytes);
        }
    }
}

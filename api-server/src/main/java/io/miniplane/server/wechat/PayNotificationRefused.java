package io.miniplane.server.wechat;

/** A notification that is not taken, and of which nothing is kept. */
public final class PayNotificationRefused extends RuntimeException {

    private final Reason reason;

    /** Refused for the reason. */
    public PayNotificationRefused(Reason reason) {
        super(reason.sentence(), null, false, false);
        this.reason = reason;
    }

    /** Why it is refused. */
    public Reason reason() {
        return reason;
    }

    /** Why a notification can be refused. */
    public enum Reason {
        /** A header that belongs to the signature is absent or malformed. */
        UNSIGNED(401, "A header of the signature is absent or malformed"),
        /** Its time is too far from now. */
        STALE(401, "The timestamp is more than 5 minutes from now"),
        /** It names a key that this server does not hold, and WeChat Pay does not give. */
        UNKNOWN_KEY(401, "The serial names no key that is known here"),
        /** WeChat Pay tries whether signatures are checked. */
        SIGNATURE_TEST(401, "The signature is one of a test and wrong"),
        /** The signature is wrong. */
        BAD_SIGNATURE(401, "The signature is wrong"),
        /** The body is no notification. */
        MALFORMED(422, "The body is no notification"),
        /** It was encrypted with another key. */
        UNDECRYPTABLE(422, "The resource cannot be decrypted"),
        /** It is for another merchant. */
        WRONG_MERCHANT(422, "It is for another merchant"),
        /** It is for another mini-program. */
        WRONG_APP(422, "It is for another app"),
        /** Its number is none that this server gives. */
        WRONG_NUMBER(422, "The number is none of this server's"),
        /** The body is larger than any notification. */
        TOO_LARGE(413, "The body is too large");

        private final int status;
        private final String sentence;

        Reason(int status, String sentence) {
            this.status = status;
            this.sentence = sentence;
        }

        /** The HTTP status of the refusal. */
        public int status() {
            return status;
        }

        /** What WeChat Pay is told. */
        public String sentence() {
            return sentence;
        }

        /** The refusal. */
        public PayNotificationRefused refusal() {
            return new PayNotificationRefused(this);
        }
    }
}

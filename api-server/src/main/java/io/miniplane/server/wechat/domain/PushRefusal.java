package io.miniplane.server.wechat.domain;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;

/** A push that is not taken, and of which nothing is kept. */
public final class PushRefusal extends Failure {

    private final transient Reason reason;

    private PushRefusal(Reason reason, Object... arguments) {
        super(code(reason), arguments);
        this.reason = reason;
    }

    /** Why it is refused. */
    public Reason reason() {
        return reason;
    }

    private static ErrorCode code(Reason reason) {
        return switch (reason) {
            case BAD_PARAMETER -> new ErrorCode(40020);
            case MALFORMED -> new ErrorCode(40021);
            case UNDECRYPTABLE -> new ErrorCode(40022);
            case NOT_ENCRYPTED -> new ErrorCode(40023);
            case NO_KEY -> new ErrorCode(40024);
            case BAD_SIGNATURE -> new ErrorCode(40110);
            case STALE -> new ErrorCode(40111);
            case REPLAYED -> new ErrorCode(40112);
            case WRONG_APP -> new ErrorCode(40113);
            case TOO_LARGE -> new ErrorCode(41301);
        };
    }

    /** Why a push can be refused. */
    public enum Reason {
        /** A parameter of the address is absent or not well-formed. */
        BAD_PARAMETER,
        /** The body, or what was encrypted in it, is no message. */
        MALFORMED,
        /** It was encrypted with another key, or cut short. */
        UNDECRYPTABLE,
        /** It is not encrypted and has to be. */
        NOT_ENCRYPTED,
        /** It is encrypted and there is no key. */
        NO_KEY,
        /** The signature is absent or wrong. */
        BAD_SIGNATURE,
        /** It was made too long ago, or in the future. */
        STALE,
        /** Its timestamp and nonce came before, with another body. */
        REPLAYED,
        /** It is for another mini-program. */
        WRONG_APP,
        /** The body is larger than any push. */
        TOO_LARGE;

        /** The refusal, whose sentence names the given arguments. */
        public PushRefusal refusal(Object... arguments) {
            return new PushRefusal(this, arguments);
        }
    }
}

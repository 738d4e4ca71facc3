package io.miniplane.server.wechat.domain;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;

/** A push that is not taken, and of which nothing is kept. */
public final class PushRefusal extends Failure {

    private final transient Reason reason;

    private PushRefusal(Reason reason, Object... arguments) {
        super(reason.code, arguments);
        this.reason = reason;
    }

    /** Why it is refused. */
    public Reason reason() {
        return reason;
    }

    /** Why a push can be refused. */
    public enum Reason {
        /** A parameter of the address is absent or not well-formed. */
        BAD_PARAMETER(new ErrorCode(40020)),
        /** The body, or what was encrypted in it, is no message. */
        MALFORMED(new ErrorCode(40021)),
        /** It was encrypted with another key, or cut short. */
        UNDECRYPTABLE(new ErrorCode(40022)),
        /** It is not encrypted and has to be. */
        NOT_ENCRYPTED(new ErrorCode(40023)),
        /** It is encrypted and there is no key. */
        NO_KEY(new ErrorCode(40024)),
        /** The signature is absent or wrong. */
        BAD_SIGNATURE(new ErrorCode(40110)),
        /** It was made too long ago, or in the future. */
        STALE(new ErrorCode(40111)),
        /** Its timestamp and nonce came before, with another body. */
        REPLAYED(new ErrorCode(40112)),
        /** It is for another mini-program. */
        WRONG_APP(new ErrorCode(40113)),
        /** The body is larger than any push. */
        TOO_LARGE(new ErrorCode(41301));

        private final ErrorCode code;

        Reason(ErrorCode code) {
            this.code = code;
        }

        /** The refusal, whose sentence names the given arguments. */
        public PushRefusal refusal(Object... arguments) {
            return new PushRefusal(this, arguments);
        }
    }
}

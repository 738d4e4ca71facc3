package io.miniplane.simulator.http;

/** Ends the handling of a call with an error code. */
public final class Refusal extends RuntimeException {

    private final ErrCode code;

    /** A refusal with this code. */
    public Refusal(ErrCode code) {
        super(code.message(), null, false, false);
        this.code = code;
    }

    /** The error code to answer with. */
    public ErrCode code() {
        return code;
    }
}

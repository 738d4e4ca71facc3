package io.miniplane.server.platform;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that a caller is told about: it carries the code, what its sentence names, and when to try again. It is a value more than a fault,
 * so it has no stack trace unless it wraps a cause.
 */
public class Failure extends RuntimeException {

    private final ErrorCode code;
    private final transient List<Object> arguments;
    private final @Nullable Duration retryAfter;

    /** A failure whose sentence names the given arguments. */
    public Failure(ErrorCode code, Object... arguments) {
        this(code, null, null, arguments);
    }

    /**
     * @param code the stable code
     * @param retryAfter how long the caller should wait, or null where trying again does not help
     * @param cause what lies beneath; it is logged, never answered
     * @param arguments what the sentence of the code names, in the order of its placeholders
     */
    public Failure(ErrorCode code, @Nullable Duration retryAfter, @Nullable Throwable cause, Object... arguments) {
        super("error " + code.value(), cause, false, cause != null);
        this.code = code;
        this.retryAfter = retryAfter;
        this.arguments = List.of(arguments);
    }

    /** The stable code. */
    public ErrorCode code() {
        return code;
    }

    /** What the sentence of the code names. */
    public List<Object> arguments() {
        return arguments;
    }

    /** How long the caller should wait, or null where trying again does not help. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}

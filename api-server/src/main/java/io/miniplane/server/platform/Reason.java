package io.miniplane.server.platform;

import java.util.List;

/**
 * Part of a sentence in the language of the reader: an argument of a {@link Failure} that is itself looked up in the message bundles.
 *
 * @param key the part of the message key after {@code reason.}
 * @param arguments what the text names, in the order of its placeholders
 */
public record Reason(String key, List<Object> arguments) {

    /** Keeps the arguments as they are now. */
    public Reason {
        arguments = List.copyOf(arguments);
    }

    /** A reason that names the given arguments. */
    public static Reason of(String key, Object... arguments) {
        return new Reason(key, List.of(arguments));
    }
}

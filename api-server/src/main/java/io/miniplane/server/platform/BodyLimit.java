package io.miniplane.server.platform;

import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;

/**
 * How large the body of one request may be, where that is not what every route allows.
 *
 * @param bytes 0 or more
 */
public record BodyLimit(long bytes) {

    private static final String ATTRIBUTE = BodyLimit.class.getName();
    private static final long UNIT = 1024;

    /** The limit of its own that an exchange has. */
    public static Optional<BodyLimit> of(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }

    /** Makes this the limit of the exchange; it counts from {@link ChainOrder#BODY_LIMIT} on. */
    public void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** The limit as a person reads it, such as {@code 1 MiB}. */
    public String text() {
        if (bytes > 0 && bytes % (UNIT * UNIT) == 0) {
            return bytes / (UNIT * UNIT) + " MiB";
        }
        return bytes > 0 && bytes % UNIT == 0 ? bytes / UNIT + " KiB" : bytes + " bytes";
    }
}

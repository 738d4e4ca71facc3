package io.miniplane.server.platform;

import java.util.Objects;
import org.springframework.web.server.ServerWebExchange;

/**
 * The scheme of the address that a client asked, which a proxy that we trust tells where it ends TLS.
 *
 * @param value {@code http} or {@code https}
 */
public record RequestScheme(String value) {

    private static final String ATTRIBUTE = RequestScheme.class.getName();

    /** The scheme of a request that has passed {@link ChainOrder#ORIGIN}. */
    public static RequestScheme of(ServerWebExchange exchange) {
        return Objects.requireNonNull(exchange.getAttribute(ATTRIBUTE), "The scheme of the request is not known yet");
    }

    /** Makes this the scheme of the exchange. */
    public void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }
}

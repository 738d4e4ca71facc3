package io.miniplane.server.platform;

import java.util.Objects;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where a request comes from, as far as the proxies that we trust tell. It is personal, so it shows in no log.
 *
 * @param address the address of the client as text that is equal for equal addresses, or {@code unknown}
 * @param network what counts as one client: an IPv4 address, or of an IPv6 address the network of 64 bits, all of which belongs to one client
 */
public record ClientOrigin(String address, String network) {

    private static final String ATTRIBUTE = ClientOrigin.class.getName();

    /** The origin of a request that has passed {@link ChainOrder#ORIGIN}. */
    public static ClientOrigin of(ServerWebExchange exchange) {
        return Objects.requireNonNull(exchange.getAttribute(ATTRIBUTE), "The origin of the request is not known yet");
    }

    /** Makes this the origin of the exchange. */
    public void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    @Override
    public String toString() {
        return "ClientOrigin[redacted]";
    }
}

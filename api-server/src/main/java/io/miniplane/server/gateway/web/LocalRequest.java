package io.miniplane.server.gateway.web;

import io.miniplane.server.gateway.domain.Target;
import java.util.Objects;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request on the port inside the pod that was let in.
 *
 * @param target what it asks for
 */
record LocalRequest(Target target) {

    private static final String ATTRIBUTE = LocalRequest.class.getName();

    static LocalRequest of(ServerWebExchange exchange) {
        return Objects.requireNonNull(exchange.getAttribute(ATTRIBUTE));
    }

    void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }
}

package io.miniplane.server.platform.security;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Reason;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Tells why the firewall of Spring Security lets a request not pass; by itself it answers with nothing but a status. */
@Component
final class RefusedExchange implements ServerExchangeRejectedHandler {

    private static final ErrorCode BAD_REQUEST = new ErrorCode(40000);
    private static final ErrorCode NOT_FOUND = new ErrorCode(40400);
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, ServerExchangeRejectedException rejected) {
        return Mono.error(
                METHODS.contains(exchange.getRequest().getMethod())
                        ? new Failure(BAD_REQUEST, Reason.of("bad-address"))
                        : new Failure(NOT_FOUND));
    }
}

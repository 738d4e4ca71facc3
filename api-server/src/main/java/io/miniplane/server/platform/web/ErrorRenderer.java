package io.miniplane.server.platform.web;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.RequestTrace;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/**
 * The one place that turns an error into an answer, with the challenge that a 401 needs (RFC 9110). What is our own fault is logged whole and told
 * to nobody.
 */
@Component
final class ErrorRenderer implements WebExceptionHandler, Ordered {

    private static final Logger LOG = LogManager.getLogger(ErrorRenderer.class);

    private static final int UNAUTHORIZED = 401;

    private final RouteIndex routes;

    ErrorRenderer(RouteIndex routes) {
        this.routes = routes;
    }

    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        Failure failure = Refusal.of(error);
        boolean isFault = failure.code().equals(Refusals.INTERNAL);
        if (exchange.getResponse().isCommitted()
                || (isFault && DisconnectedClientHelper.isClientDisconnectedException(error))) {
            return Mono.error(error);
        }
        RequestTrace trace = traceOf(exchange);
        trace.log(() -> log(failure, error));
        return failure.code().equals(Refusals.NOT_FOUND)
                ? answer(exchange, trace, missing(exchange))
                : answer(exchange, trace, failure);
    }

    private static RequestTrace traceOf(ServerWebExchange exchange) {
        RequestTrace trace = RequestTrace.of(exchange);
        String id = TraceFilter.randomId();
        return trace != null ? trace : new RequestTrace(id, id.substring(16), id);
    }

    private static void log(Failure failure, Throwable error) {
        int code = failure.code().value();
        if (failure.code().equals(Refusals.INTERNAL)) {
            LOG.error("A request failed and it is our fault: {}", code, error);
        } else if (failure.code().status() >= 500) {
            LOG.warn("A request failed for want of something outside: {} {}", code, rootOf(failure));
        }
    }

    private static String rootOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? "" : cause.getClass().getName();
    }

    /** Nothing here, or something here that takes other methods. */
    private Failure missing(ServerWebExchange exchange) {
        Set<String> methods = routes.methods(exchange.getRequest().getPath().pathWithinApplication());
        if (methods.isEmpty()) {
            return new Failure(Refusals.NOT_FOUND);
        }
        String allowed = String.join(", ", methods);
        exchange.getResponse().getHeaders().set(HttpHeaders.ALLOW, allowed);
        String method = exchange.getRequest().getMethod().name();
        return methods.contains(method)
                ? new Failure(Refusals.NOT_FOUND)
                : new Failure(Refusals.METHOD_NOT_ALLOWED, method, allowed);
    }

    private static Mono<Void> answer(ServerWebExchange exchange, RequestTrace trace, Failure failure) {
        ErrorCode code = failure.code();
        FailureBody body = FailureBody.of(
                code,
                failure.arguments(),
                trace.traceId(),
                exchange.getRequest().getHeaders());
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(code.status()));
        head(response.getHeaders(), body, failure.retryAfter());
        if (code.status() == UNAUTHORIZED) {
            response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body.bytes())));
    }

    private static void head(HttpHeaders headers, FailureBody body, @Nullable Duration wait) {
        headers.setContentType(body.type());
        headers.setContentLength(body.bytes().length);
        headers.setCacheControl("no-store");
        headers.setVary(List.of(HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_LANGUAGE));
        if (wait != null) {
            headers.set(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        }
    }
}

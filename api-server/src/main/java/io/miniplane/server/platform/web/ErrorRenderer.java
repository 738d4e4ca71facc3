package io.miniplane.server.platform.web;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.RequestTrace;
import io.miniplane.server.platform.tracing.CauseChain;
import io.miniplane.server.platform.tracing.RecentFailures;
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
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
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
    private static final int FIRST_FAULT = 500;

    private final RouteIndex routes;
    private final RecentFailures recent;

    ErrorRenderer(RouteIndex routes, RecentFailures recent) {
        this.routes = routes;
        this.recent = recent;
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
        if (failure.code().status() >= FIRST_FAULT) {
            trace.log(() -> log(failure, error));
            recent.note(what(exchange, failure), trace.traceId(), CauseChain.of(error));
        }
        return failure.code().equals(Refusals.NOT_FOUND)
                ? answer(exchange, trace, missing(exchange))
                : answer(exchange, trace, failure);
    }

    private static RequestTrace traceOf(ServerWebExchange exchange) {
        RequestTrace trace = RequestTrace.of(exchange);
        String id = TraceFilter.randomId();
        return trace != null ? trace : new RequestTrace(id, id.substring(16), id);
    }

    /** The method, the pattern of the route and the code. */
    private static String what(ServerWebExchange exchange, Failure failure) {
        String route = ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .map(ServerRequestObservationContext::getPathPattern)
                .orElse("none");
        return exchange.getRequest().getMethod() + " " + route + ": "
                + failure.code().value();
    }

    private static void log(Failure failure, Throwable error) {
        int code = failure.code().value();
        if (failure.code().equals(Refusals.INTERNAL)) {
            LOG.error("A request failed and it is our fault: {}", code, error);
        } else {
            LOG.warn("A request failed for want of something outside: {} {}", code, CauseChain.of(error));
        }
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

package io.miniplane.server.platform.web;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.miniplane.server.platform.ChainOrder;
import io.miniplane.server.platform.RequestTrace;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Gives every request its ids: the trace that the server observation began, and a request id, the caller's own where it is well formed. */
@Component
final class TraceFilter implements WebFilter, Ordered {

    static final String REQUEST_ID = "X-Request-Id";

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        RequestTrace trace = trace(exchange);
        trace.attachTo(exchange);
        exchange.getResponse().getHeaders().set(REQUEST_ID, trace.requestId());
        return chain.filter(exchange).contextWrite(trace::in);
    }

    @Override
    public int getOrder() {
        return ChainOrder.TRACE;
    }

    /** 32 random hexadecimal digits. */
    static String randomId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }

    private static RequestTrace trace(ServerWebExchange exchange) {
        String requestId = requestId(exchange.getRequest().getHeaders().getFirst(REQUEST_ID));
        return ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .flatMap(context -> Optional.ofNullable(context.<TracingContext>get(TracingContext.class)))
                .flatMap(context -> Optional.ofNullable(context.getSpan()))
                .map(span -> trace(span.context(), requestId))
                .orElseGet(() -> new RequestTrace(randomId(), randomId().substring(16), requestId));
    }

    private static RequestTrace trace(TraceContext span, String requestId) {
        return new RequestTrace(span.traceId(), span.spanId(), requestId);
    }

    private static String requestId(@Nullable String offered) {
        return offered != null && WELL_FORMED.matcher(offered).matches() ? offered : randomId();
    }
}

package io.miniplane.server.platform;

import java.util.Map;
import org.apache.logging.log4j.CloseableThreadContext;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What identifies one request in logs and answers. It travels in the Reactor context and reaches the log's thread context only while a line is
 * written, so that a request that logs nothing pays nothing:
 *
 * <pre>{@code Mono.deferContextual(context -> { RequestTrace.log(context, () -> LOG.warn("…")); … })}</pre>
 */
public final class RequestTrace {

    private static final String ATTRIBUTE = RequestTrace.class.getName();

    private final String traceId;
    private final String spanId;
    private final String requestId;
    private volatile @Nullable String userId;

    /** A request whose caller is not known yet. */
    public RequestTrace(String traceId, String spanId, String requestId) {
        this.traceId = traceId;
        this.spanId = spanId;
        this.requestId = requestId;
    }

    /** The trace of the exchange, or null before the trace filter has run. */
    public static @Nullable RequestTrace of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    /** Runs what logs, with the ids of the request of this context in every line. */
    public static void log(ContextView context, Runnable lines) {
        RequestTrace trace = context.getOrDefault(RequestTrace.class, null);
        if (trace == null) {
            lines.run();
        } else {
            trace.log(lines);
        }
    }

    /** Runs what logs, with the ids of this request in every line. */
    public void log(Runnable lines) {
        try (CloseableThreadContext.Instance _ = CloseableThreadContext.putAll(ids())) {
            lines.run();
        }
    }

    /** Makes this the trace of the exchange. */
    public void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** The context with this trace in it. */
    public Context in(Context context) {
        return context.put(RequestTrace.class, this);
    }

    /** Notes who calls, an opaque id. */
    public void calledBy(String user) {
        this.userId = user;
    }

    /** 32 hexadecimal digits. */
    public String traceId() {
        return traceId;
    }

    /** The caller's own {@code X-Request-Id}, or one that we made. */
    public String requestId() {
        return requestId;
    }

    private Map<String, String> ids() {
        String user = userId;
        return user == null
                ? Map.of("trace_id", traceId, "span_id", spanId, "request_id", requestId)
                : Map.of("trace_id", traceId, "span_id", spanId, "request_id", requestId, "user_id", user);
    }
}

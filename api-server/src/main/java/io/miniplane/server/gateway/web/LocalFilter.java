package io.miniplane.server.gateway.web;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.miniplane.server.gateway.domain.Target;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Reason;
import io.miniplane.server.platform.RequestTrace;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Lets in what the container asks, and nothing that a browser was led to: pages send their {@code Origin}, and a name that was bound anew to 127.0.0.1
 * stands in {@code Host}. Each request has an id, which its answer, its log line and its span carry, and a timer.
 */
final class LocalFilter implements WebFilter {

    /** What WeChat Cloud Run calls the id of a call. */
    static final String ID = "x-openapi-seqid";

    private static final String NAME = "miniplane.gateway.local";
    private static final Logger LOG = LogManager.getLogger("io.miniplane.local");
    private static final ErrorCode FORBIDDEN = new ErrorCode(40310);
    private static final Set<String> OUR_NAMES = Set.of("127.0.0.1", "localhost", "[::1]", "::1", Target.WECHAT);

    private final ObservationRegistry observations;
    private final Predicate<String> isOpen;

    /** @param isOpen whether a path may be told: it is one of a known set */
    LocalFilter(ObservationRegistry observations, Predicate<String> isOpen) {
        this.observations = observations;
        this.isOpen = isOpen;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(() -> {
            String id = random() + random();
            Observation observation = observation(exchange.getRequest(), id).start();
            RequestTrace trace = trace(observation, id);
            trace.attachTo(exchange);
            exchange.getResponse().getHeaders().set(ID, id);
            long since = System.nanoTime();
            exchange.getResponse()
                    .beforeCommit(() -> Mono.fromRunnable(() -> end(exchange, observation, trace, since)));
            return Mono.fromRunnable(() -> new LocalRequest(admitted(exchange.getRequest())).attachTo(exchange))
                    .then(Mono.defer(() -> chain.filter(exchange)))
                    .doOnCancel(observation::stop)
                    .contextWrite(trace::in)
                    .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    private static Target admitted(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        InetSocketAddress host = headers.getHost();
        if (headers.getFirst(HttpHeaders.ORIGIN) != null || headers.getFirst("Sec-Fetch-Site") != null) {
            throw new Failure(FORBIDDEN, Reason.of("not-for-pages"));
        }
        if (host == null || !OUR_NAMES.contains(host.getHostString())) {
            throw new Failure(FORBIDDEN, Reason.of("not-our-name"));
        }
        return Target.of(raw(request));
    }

    private static String raw(ServerHttpRequest request) {
        HttpServerRequest sent = ServerHttpRequestDecorator.getNativeRequest(request);
        return sent.uri();
    }

    private Observation observation(ServerHttpRequest request, String id) {
        ReceiverContext<ServerHttpRequest> context =
                new ReceiverContext<>((carrier, key) -> carrier.getHeaders().getFirst(key), Kind.SERVER);
        context.setCarrier(request);
        return Observation.createNotStarted(NAME, () -> context, observations)
                .contextualName(request.getMethod() + " local")
                .highCardinalityKeyValue("http.request.method", method(request))
                .highCardinalityKeyValue("miniplane.openapi.seqid", id);
    }

    private static String method(ServerHttpRequest request) {
        return Set.of("GET", "POST").contains(request.getMethod().name())
                ? request.getMethod().name()
                : "_OTHER";
    }

    private void end(ServerWebExchange exchange, Observation observation, RequestTrace trace, long since) {
        HttpStatusCode answered = exchange.getResponse().getStatusCode();
        int status = answered == null ? 200 : answered.value();
        String route = route(exchange);
        observation
                .lowCardinalityKeyValue("route", route)
                .lowCardinalityKeyValue("status", Integer.toString(status))
                .stop();
        double millis = Math.round((System.nanoTime() - since) / 1000.0) / 1000.0;
        trace.log(() -> LOG.info(new LocalLine(method(exchange.getRequest()), route, status, millis)));
    }

    private String route(ServerWebExchange exchange) {
        Object request = exchange.getAttribute(LocalRequest.class.getName());
        String path = request instanceof LocalRequest(Target target) ? target.path() : "";
        return path.equals(LocalRoutes.EVENTS) || isOpen.test(path) ? path : "none";
    }

    private static RequestTrace trace(Observation observation, String id) {
        TracingContext tracing = observation.getContextView().get(TracingContext.class);
        if (tracing == null || tracing.getSpan() == null) {
            return new RequestTrace(random() + random(), random(), id);
        }
        TraceContext span = tracing.getSpan().context();
        return new RequestTrace(span.traceId(), span.spanId(), id);
    }

    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}

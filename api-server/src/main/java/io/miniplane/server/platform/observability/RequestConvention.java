package io.miniplane.server.platform.observability;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;
import org.springframework.stereotype.Component;

/** Names requests in metrics and spans; every value comes from a closed set, whatever a caller sends. */
@Component
final class RequestConvention implements ServerRequestObservationConvention {

    static final String NAME = "http.request.duration";
    static final String NO_ROUTE = "none";

    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.values());
    private static final int CLIENT_LEFT = 499;
    private static final int FIRST_SERVER_ERROR = 500;

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public @Nullable String getContextualName(ServerRequestObservationContext context) {
        String route = context.getPathPattern();
        return route == null ? method(context) : method(context) + " " + route;
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(ServerRequestObservationContext context) {
        return KeyValues.of(
                KeyValue.of("method", method(context)),
                KeyValue.of("status", Integer.toString(status(context))),
                KeyValue.of("route", route(context)));
    }

    /** What the span says, in the names of the semantic conventions; the path is not among them, for it may hold what must not be told. */
    @Override
    public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
        int status = status(context);
        KeyValues attributes = KeyValues.of(
                "http.request.method", method(context).replace("OTHER", "_OTHER"),
                "http.response.status_code", Integer.toString(status));
        KeyValues routed = context.getPathPattern() == null ? attributes : attributes.and("http.route", route(context));
        return status < FIRST_SERVER_ERROR ? routed : routed.and("error.type", Integer.toString(status));
    }

    /** A method that HTTP knows, else {@code OTHER}. */
    static String method(ServerRequestObservationContext context) {
        HttpMethod method = Objects.requireNonNull(context.getCarrier()).getMethod();
        return METHODS.contains(method) ? method.name() : "OTHER";
    }

    /** The pattern of the route, or {@code none} where the request reached no handler. */
    static String route(ServerRequestObservationContext context) {
        return Objects.requireNonNullElse(context.getPathPattern(), NO_ROUTE);
    }

    /** The status that was sent; 499 where the client left before there was one. */
    static int status(ServerRequestObservationContext context) {
        if (context.isConnectionAborted()) {
            return CLIENT_LEFT;
        }
        ServerHttpResponse response = context.getResponse();
        HttpStatusCode status = response == null ? null : response.getStatusCode();
        return status == null ? 200 : status.value();
    }
}

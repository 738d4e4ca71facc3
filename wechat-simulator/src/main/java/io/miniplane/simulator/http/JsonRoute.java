package io.miniplane.simulator.http;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Routes of the simulator's own API: JSON comes in, JSON goes out, and what makes no sense is refused with a sentence. */
public final class JsonRoute {

    private static final String JSON = "application/json; charset=utf-8";

    private JsonRoute() {}

    /** A route whose action is done at once; an {@link IllegalArgumentException} of it is answered 400 with its message. */
    public static <T> BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> of(
            Class<T> type, Function<T, JsonNode> action) {
        return later(type, (request, order) -> Mono.fromSupplier(() -> action.apply(order)));
    }

    /** A route whose action takes its time or looks at the request. */
    public static <T> BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> later(
            Class<T> type, BiFunction<HttpServerRequest, T, Mono<JsonNode>> action) {
        return (request, response) -> Exchange.read(request)
                .flatMap(call -> Mono.defer(() -> action.apply(request, order(call.body(), type))))
                .map(Reply::ok)
                .onErrorResume(JacksonException.class, JsonRoute::malformed)
                .onErrorResume(
                        IllegalArgumentException.class,
                        invalid -> Mono.just(refused(400, String.valueOf(invalid.getMessage()))))
                .flatMap(reply -> write(response, reply));
    }

    /** A refusal with a sentence. */
    public static Reply refused(int status, String sentence) {
        String body = Json.object().put("error", sentence).toString();
        return new Reply(status, "refused", body);
    }

    /** Writes a reply as JSON. */
    public static Mono<Void> write(HttpServerResponse response, Reply reply) {
        return Exchange.write(response, reply, JSON);
    }

    private static <T> T order(String body, Class<T> type) {
        return Json.parse(body.isBlank() ? "{}" : body, type);
    }

    private static Mono<Reply> malformed(JacksonException malformed) {
        return Mono.just(
                refused(400, "The body is no JSON that this call understands: " + malformed.getOriginalMessage()));
    }
}

package io.miniplane.simulator.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Turns requests of the HTTP server into calls, and replies into responses. */
public final class Exchange {

    private Exchange() {}

    /** Reads the whole request. */
    public static Mono<Call> read(HttpServerRequest request) {
        return request.receive().aggregate().asString().defaultIfEmpty("").map(body -> call(request, body));
    }

    /** Writes a reply. */
    public static Mono<Void> write(HttpServerResponse response, Reply reply, String contentType) {
        return response.status(HttpResponseStatus.valueOf(reply.status()))
                .header(HttpHeaderNames.CONTENT_TYPE, contentType)
                .sendString(Mono.just(reply.body()))
                .then();
    }

    private static Call call(HttpServerRequest request, String body) {
        Map<String, List<String>> parameters = new QueryStringDecoder(request.uri()).parameters();
        Map<String, String> query = new HashMap<>();
        parameters.forEach((name, values) -> query.put(name, values.getFirst()));
        return new Call(request.method().name(), request.fullPath(), query, body);
    }
}

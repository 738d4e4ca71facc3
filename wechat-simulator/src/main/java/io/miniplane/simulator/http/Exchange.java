package io.miniplane.simulator.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
        return Mono.defer(() -> {
                    reply.aboutToBeWritten();
                    reply.headers().forEach(response::header);
                    response.status(HttpResponseStatus.valueOf(reply.status()));
                    if (reply.status() == HttpResponseStatus.NO_CONTENT.code()) {
                        return response.send();
                    }
                    return response.header(HttpHeaderNames.CONTENT_TYPE, reply.contentType(contentType))
                            .sendByteArray(Mono.just(reply.body()))
                            .then();
                })
                .doFinally(end -> reply.written());
    }

    private static Call call(HttpServerRequest request, String body) {
        Map<String, List<String>> parameters = new QueryStringDecoder(request.uri()).parameters();
        Map<String, String> query = new HashMap<>();
        parameters.forEach((name, values) -> query.put(name, values.getFirst()));
        Map<String, String> headers = new HashMap<>();
        request.requestHeaders()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return new Call(
                request.method().name(), request.uri(), request.fullPath(), query, headers, body, address(request));
    }

    private static String address(HttpServerRequest request) {
        InetSocketAddress remote = request.remoteAddress();
        return remote == null || remote.getAddress() == null
                ? ""
                : remote.getAddress().getHostAddress();
    }
}

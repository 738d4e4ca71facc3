package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.WechatFailure;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends a call over HTTP, once. Whatever goes wrong comes out as a {@link WechatFailure}, because the exceptions below
 * name the address, which holds the secret and the code.
 */
final class HttpCalls {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final WebClient client;
    private final String baseUrl;

    HttpCalls(WebClient client, String baseUrl) {
        this.client = client;
        this.baseUrl = baseUrl;
    }

    /** The JSON object that answers the call without an error number. */
    Mono<JsonNode> json(WechatCall call) {
        return exchange(call).map(reply -> checked(call, reply.body())).onErrorMap(thrown -> failure(call, thrown));
    }

    /** The bytes that answer the call where no JSON object does, which tells of an error. */
    Mono<byte[]> bytes(WechatCall call) {
        return exchange(call).map(reply -> picture(call, reply.body())).onErrorMap(thrown -> failure(call, thrown));
    }

    private Mono<Reply> exchange(WechatCall call) {
        return request(call).exchangeToMono(response -> reply(call, response));
    }

    private WebClient.RequestHeadersSpec<?> request(WechatCall call) {
        URI uri = uri(call);
        return switch (call.body()) {
            case null -> client.get().uri(uri);
            case CallBody.Empty() -> client.post().uri(uri);
            case CallBody.Json(var fields) ->
                client.post()
                        .uri(uri)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(JSON.writeValueAsBytes(fields));
            case CallBody.Form(var fields) ->
                client.post().uri(uri).body(BodyInserters.fromFormData(MultiValueMap.fromMultiValue(fields)));
        };
    }

    private URI uri(WechatCall call) {
        UriComponentsBuilder builder =
                UriComponentsBuilder.fromUriString(baseUrl).path(call.endpoint().path());
        call.query().keySet().forEach(name -> builder.queryParam(name, "{" + name + "}"));
        return builder.encode().buildAndExpand(call.query()).toUri();
    }

    private static Mono<Reply> reply(WechatCall call, ClientResponse response) {
        int status = response.statusCode().value();
        if (response.statusCode().is2xxSuccessful()) {
            return body(call, response).map(body -> new Reply(response.headers().asHttpHeaders(), body));
        }
        boolean harmless = call.endpoint().isHarmless() && status != 429;
        WechatFailure failure = status >= 500 || status == 429
                ? unavailable("WeChat answered HTTP " + status, harmless)
                : new WechatFailure.Unintelligible("WeChat answered HTTP " + status);
        return response.releaseBody().then(Mono.error(failure));
    }

    private static Mono<byte[]> body(WechatCall call, ClientResponse response) {
        return DataBufferUtils.join(
                        response.bodyToFlux(DataBuffer.class), call.endpoint().largestReply())
                .map(HttpCalls::taken)
                .defaultIfEmpty(new byte[0]);
    }

    private static byte[] taken(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static JsonNode checked(WechatCall call, byte[] body) {
        JsonNode reply = JSON.readTree(body);
        if (reply == null || !reply.isObject()) {
            throw new WechatFailure.Unintelligible("WeChat's answer is no JSON object");
        }
        int errcode = reply.path("errcode").asInt(0);
        if (errcode != 0) {
            throw call.refusals().apply(errcode);
        }
        return reply;
    }

    private static byte[] picture(WechatCall call, byte[] body) {
        if (body.length > 0 && body[0] == '{') {
            checked(call, body);
            throw new WechatFailure.Unintelligible("WeChat's answer is JSON without a picture");
        }
        return body;
    }

    private static Throwable failure(WechatCall call, Throwable thrown) {
        Throwable cause = Exceptions.unwrap(thrown);
        while (cause != null) {
            switch (cause) {
                case WechatFailure known -> {
                    return known;
                }
                case JacksonException ignored -> {
                    return new WechatFailure.Unintelligible("WeChat's answer is no JSON");
                }
                case DataBufferLimitException ignored -> {
                    return new WechatFailure.Unintelligible("WeChat's answer is too large");
                }
                case ConnectException refused -> {
                    return unconnected(refused);
                }
                case UnknownHostException unknown -> {
                    return unconnected(unknown);
                }
                case NoRouteToHostException unreachable -> {
                    return unconnected(unreachable);
                }
                default -> cause = cause.getCause();
            }
        }
        return unavailable(
                "the call broke off (" + nameOf(thrown) + ")", call.endpoint().isHarmless());
    }

    private static WechatFailure unconnected(Exception cause) {
        return unavailable("WeChat cannot be reached (" + nameOf(cause) + ")", true);
    }

    private static WechatFailure unavailable(String detail, boolean untouched) {
        return new WechatFailure.Unavailable(detail, null, RETRY_AFTER, untouched);
    }

    /** The name of the innermost exception alone: messages may hold the address. */
    private static String nameOf(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getClass().getSimpleName();
    }
}

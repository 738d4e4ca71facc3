package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.WechatFailure;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
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
    private final @Nullable ApiSecurity security;

    /** @param security what secures the calls that it covers, or null for none */
    HttpCalls(WebClient client, String baseUrl, @Nullable ApiSecurity security) {
        this.client = client;
        this.baseUrl = baseUrl;
        this.security = security;
    }

    /** The JSON object that answers the call without an error number. */
    Mono<JsonNode> json(WechatCall call) {
        Mono<JsonNode> answer =
                security != null && security.covers(call) && call.body() instanceof CallBody.Json(var fields)
                        ? secured(security, call, fields)
                        : exchange(call, request(call)).map(reply -> checked(call, object(reply.body())));
        return answer.onErrorMap(thrown -> failure(call.endpoint().isHarmless(), thrown));
    }

    /** The bytes that answer the call where no JSON object does, which tells of an error. */
    Mono<byte[]> bytes(WechatCall call) {
        return exchange(call, request(call))
                .map(reply -> picture(call, reply.body()))
                .onErrorMap(thrown -> failure(call.endpoint().isHarmless(), thrown));
    }

    /** Once more with the serial of our key where WeChat turns out to want it, which it says before it does anything. */
    private Mono<JsonNode> secured(ApiSecurity security, WechatCall call, Map<String, ?> fields) {
        return Mono.defer(() -> {
                    boolean bare = !security.sendsSerial();
                    return exchangeSealed(security, call, fields)
                            .onErrorResume(refused -> bare && wantsSerial(refused), refused -> {
                                security.startSendingSerial();
                                return exchangeSealed(security, call, fields);
                            });
                })
                .doOnNext(reply -> security.accepted());
    }

    /** Sealing and opening leave the event loop: RSA takes a millisecond or more, and its randomness is read from a file. */
    private Mono<JsonNode> exchangeSealed(ApiSecurity security, WechatCall call, Map<String, ?> fields) {
        return Mono.fromCallable(() -> security.seal(call, fields))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(request -> exchange(call, request(call, request)))
                .publishOn(Schedulers.boundedElastic())
                .map(reply -> opened(security, call, reply));
    }

    private WebClient.RequestHeadersSpec<?> request(WechatCall call, ApiSecurity.Sealed request) {
        return client.post()
                .uri(uri(call))
                .contentType(MediaType.APPLICATION_JSON)
                .headers(headers -> request.headers().forEach(headers::set))
                .bodyValue(request.body());
    }

    private static JsonNode opened(ApiSecurity security, WechatCall call, Reply reply) {
        JsonNode outside = object(reply.body());
        return isRefusal(outside) ? checked(call, outside) : checked(call, security.open(call, reply, outside));
    }

    private static boolean wantsSerial(Throwable failure) {
        return failure instanceof WechatFailure.SecurityBroken broken
                && Objects.equals(broken.errcode(), ApiSecurity.SERIAL_WANTED);
    }

    private static Mono<Reply> exchange(WechatCall call, WebClient.RequestHeadersSpec<?> request) {
        return request.exchangeToMono(response -> reply(call, response));
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
            noteType(response);
            return body(call, response).map(body -> new Reply(response.headers().asHttpHeaders(), body));
        }
        boolean harmless = call.endpoint().isHarmless() && status != 429;
        WechatFailure failure = status >= 500 || status == 429
                ? unavailable("WeChat answered HTTP " + status, harmless)
                : new WechatFailure.Unintelligible("WeChat answered HTTP " + status);
        return response.releaseBody().then(Mono.error(failure));
    }

    private static void noteType(ClientResponse response) {
        String type = response.headers().header(HttpHeaders.CONTENT_TYPE).stream()
                .findFirst()
                .orElse("")
                .toLowerCase(Locale.ROOT);
        if (type.startsWith(MediaType.APPLICATION_JSON_VALUE)) {
            Reading.ANSWERS_AS_JSON.met();
        } else if (type.startsWith(MediaType.TEXT_PLAIN_VALUE)) {
            Reading.ANSWERS_AS_TEXT.met();
        } else if (!type.startsWith("image/")) {
            Reading.ANSWERS_AS_ANYTHING.met();
        }
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

    private static JsonNode object(byte[] body) {
        JsonNode reply = JSON.readTree(body);
        if (reply == null || !reply.isObject()) {
            throw new WechatFailure.Unintelligible("WeChat's answer is no JSON object");
        }
        return reply;
    }

    private static boolean isRefusal(JsonNode reply) {
        return reply.path("errcode").asInt(0) != 0;
    }

    private static JsonNode checked(WechatCall call, JsonNode reply) {
        int errcode = reply.path("errcode").asInt(0);
        if (errcode != 0 && !call.welcome().contains(errcode)) {
            throw call.refusals().apply(errcode);
        }
        return reply;
    }

    private static byte[] picture(WechatCall call, byte[] body) {
        if (body.length > 0 && body[0] == '{') {
            checked(call, object(body));
            throw new WechatFailure.Unintelligible("WeChat's answer is JSON without a picture");
        }
        return body;
    }

    /**
     * What went wrong, told without the address.
     *
     * @param isHarmless whether the call may be sent again whatever became of it
     */
    static Throwable failure(boolean isHarmless, Throwable thrown) {
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
        return unavailable("the call broke off (" + nameOf(thrown) + ")", isHarmless);
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

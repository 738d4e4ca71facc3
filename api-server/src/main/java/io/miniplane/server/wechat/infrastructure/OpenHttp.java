package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.OpenApi.Answer;
import io.miniplane.server.wechat.OpenApi.Call;
import io.miniplane.server.wechat.WechatFailure;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Carries calls that others have written over HTTP, once each, byte for byte; sealed where API security is on for their path. */
final class OpenHttp {

    /** The largest answer, in bytes: more than any picture or file that WeChat's API hands out to mini-programs. */
    private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

    /** WeChat's refusals are short. */
    private static final int LONGEST_REFUSAL = 64 * 1024;

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> TOLD = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_DISPOSITION);

    private final WebClient client;
    private final String baseUrl;
    private final @Nullable ApiSecurity security;

    /** @param security what secures the calls that it covers, or null for none */
    OpenHttp(WebClient client, String baseUrl, @Nullable ApiSecurity security) {
        this.client = client;
        this.baseUrl = baseUrl;
        this.security = security;
    }

    /** What answers the call, whatever its status; a {@link WechatFailure} where nothing does. */
    Mono<Answer> send(Call call, AccessToken token) {
        WechatCall sealable = security == null ? null : sealable(call);
        Mono<Answer> answer = security != null && sealable != null && security.covers(sealable)
                ? secured(security, sealable, call, token)
                : exchange(call, token, Map.of(), call.body()).map(Received::answer);
        return answer.onErrorMap(thrown -> HttpCalls.failure(call.method().equals(HttpMethod.GET), thrown));
    }

    /** Whether an answer says that the access token is no good. */
    static boolean blamesToken(Answer answer) {
        return Errcodes.blameToken(errcode(answer.body()));
    }

    private Mono<Answer> secured(ApiSecurity security, WechatCall sealable, Call call, AccessToken token) {
        boolean bare = !security.sendsSerial();
        return exchangeSealed(security, sealable, call, token).flatMap(received -> {
            if (bare && errcode(received.answer().body()) == ApiSecurity.SERIAL_WANTED) {
                security.startSendingSerial();
                return exchangeSealed(security, sealable, call, token).map(again -> opened(security, sealable, again));
            }
            return Mono.just(opened(security, sealable, received));
        });
    }

    /** Sealing and opening leave the event loop, as in {@link HttpCalls}. */
    private Mono<Received> exchangeSealed(ApiSecurity security, WechatCall sealable, Call call, AccessToken token) {
        return Mono.fromCallable(() -> security.seal(sealable, fields(sealable)))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(envelope -> exchange(call, token, envelope.headers(), ByteBuffer.wrap(envelope.body())))
                .publishOn(Schedulers.boundedElastic());
    }

    /** Refusals are not sealed and are handed on as they came. */
    private static Answer opened(ApiSecurity security, WechatCall sealable, Received received) {
        Answer sealed = received.answer();
        JsonNode outside = object(sealed.body());
        if (outside == null || outside.path("errcode").asInt(0) != 0) {
            return sealed;
        }
        security.accepted();
        JsonNode plain = security.open(sealable, new Reply(received.headers(), bytes(sealed.body())), outside);
        return new Answer(sealed.status(), sealed.headers(), ByteBuffer.wrap(JSON.writeValueAsBytes(plain)));
    }

    private Mono<Received> exchange(Call call, AccessToken token, Map<String, String> more, ByteBuffer body) {
        WebClient.RequestBodySpec request = client.method(call.method())
                .uri(uri(call, token))
                .headers(headers -> {
                    if (call.contentType() != null) {
                        headers.set(HttpHeaders.CONTENT_TYPE, call.contentType());
                    }
                    more.forEach(headers::set);
                });
        return (body.hasRemaining() ? request.bodyValue(body.duplicate()) : request).exchangeToMono(OpenHttp::received);
    }

    private URI uri(Call call, AccessToken token) {
        String query = call.query().isEmpty() ? "" : "&" + call.query();
        return URI.create(baseUrl + call.path() + "?access_token="
                + URLEncoder.encode(token.value(), StandardCharsets.UTF_8) + query);
    }

    private static Mono<Received> received(ClientResponse response) {
        HttpHeaders headers = response.headers().asHttpHeaders();
        Map<String, String> told = new LinkedHashMap<>();
        TOLD.forEach(name -> headers.getOrEmpty(name).stream().findFirst().ifPresent(value -> told.put(name, value)));
        return DataBufferUtils.join(response.bodyToFlux(DataBuffer.class), LARGEST_ANSWER)
                .map(OpenHttp::taken)
                .defaultIfEmpty(ByteBuffer.allocate(0))
                .map(body ->
                        new Received(headers, new Answer(response.statusCode().value(), told, body)));
    }

    /** The call as API security takes it, or null where it cannot be sealed. */
    private static @Nullable WechatCall sealable(Call call) {
        Endpoint endpoint = ApiSecurity.SECURABLE.get(call.path());
        JsonNode body = endpoint == null || !call.method().equals(HttpMethod.POST) ? null : object(call.body());
        if (endpoint == null || body == null || !isJson(call.contentType())) {
            return null;
        }
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        body.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        WechatCall whole = WechatCall.post(endpoint, fields, Errcodes::failure);
        for (Map.Entry<String, String> parameter : parameters(call.query()).entrySet()) {
            whole = whole.with(parameter.getKey(), parameter.getValue());
        }
        return whole;
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType == null || contentType.startsWith(MediaType.APPLICATION_JSON_VALUE);
    }

    private static Map<String, ?> fields(WechatCall sealable) {
        return sealable.body() instanceof CallBody.Json(var fields) ? fields : Map.of();
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static int errcode(ByteBuffer body) {
        JsonNode object = body.remaining() > LONGEST_REFUSAL ? null : object(body);
        return object == null ? 0 : object.path("errcode").asInt(0);
    }

    private static @Nullable JsonNode object(ByteBuffer body) {
        if (!body.hasRemaining() || body.get(body.position()) != '{') {
            return null;
        }
        try {
            JsonNode read = JSON.readTree(bytes(body));
            return Objects.requireNonNull(read).isObject() ? read : null;
        } catch (JacksonException noJson) {
            return null;
        }
    }

    private static byte[] bytes(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }

    private static ByteBuffer taken(DataBuffer buffer) {
        ByteBuffer bytes = ByteBuffer.allocate(buffer.readableByteCount());
        buffer.toByteBuffer(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private record Received(HttpHeaders headers, Answer answer) {}
}

package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.PayFailure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** Signs a call and sends it over HTTP, once. Whatever goes wrong comes out as a {@link PayFailure}. */
final class PayHttp {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LARGEST = 256 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final WebClient client;
    private final String baseUrl;
    private final Merchant merchant;
    private final PlatformKeys platform;
    private final InstantSource clock;
    private final Supplier<String> nonces;

    /**
     * Who calls.
     *
     * @param id the merchant number
     * @param serial the serial of the certificate whose key signs
     * @param keys the merchant's keys
     */
    record Merchant(String id, String serial, MerchantKeys keys) {

        @Override
        public String toString() {
            return "Merchant[redacted]";
        }
    }

    PayHttp(
            WebClient client,
            String baseUrl,
            Merchant merchant,
            PlatformKeys platform,
            InstantSource clock,
            Supplier<String> nonces) {
        this.client = client;
        this.baseUrl = baseUrl;
        this.merchant = merchant;
        this.platform = platform;
        this.clock = clock;
        this.nonces = nonces;
    }

    /** What WeChat Pay answers, of which nothing is verified yet; a {@link PayFailure} where it is no success. */
    Mono<PayReply> exchange(PayRequest request) {
        return Mono.fromCallable(() -> signed(request))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(ready -> ready.exchangeToMono(PayHttp::reply))
                .map(PayHttp::successful)
                .onErrorMap(PayHttp::failure);
    }

    /** Every attempt has a time and a nonce of its own. */
    private WebClient.RequestHeadersSpec<?> signed(PayRequest request) {
        URI uri = URI.create(baseUrl + request.path());
        byte[] body = request.fields() == null ? new byte[0] : JSON.writeValueAsBytes(request.fields());
        WebClient.RequestBodySpec spec = client.method(request.method())
                .uri(uri)
                .header(HttpHeaders.AUTHORIZATION, authorization(request, uri, body))
                .header(HttpHeaders.USER_AGENT, "miniplane")
                .accept(MediaType.APPLICATION_JSON);
        String serial = platform.preferred();
        if (serial != null) {
            spec.header("Wechatpay-Serial", serial);
        }
        return request.fields() == null
                ? spec
                : spec.contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }

    private String authorization(PayRequest request, URI uri, byte[] body) {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        String nonce = nonces.get();
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        String signature = merchant.keys()
                .sign(request.method().name(), target, timestamp, nonce, new String(body, StandardCharsets.UTF_8));
        return "WECHATPAY2-SHA256-RSA2048 mchid=\"%s\",nonce_str=\"%s\",timestamp=\"%s\",serial_no=\"%s\",signature=\"%s\""
                .formatted(merchant.id(), nonce, timestamp, merchant.serial(), signature);
    }

    private static Mono<PayReply> reply(ClientResponse response) {
        return DataBufferUtils.join(response.bodyToFlux(DataBuffer.class), LARGEST)
                .map(PayHttp::taken)
                .defaultIfEmpty(new byte[0])
                .map(body -> new PayReply(
                        response.statusCode().value(), response.headers().asHttpHeaders(), body));
    }

    private static byte[] taken(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static PayReply successful(PayReply reply) {
        if (!reply.isSuccess()) {
            throw PayCodes.failure(reply);
        }
        return reply;
    }

    private static Throwable failure(Throwable thrown) {
        Throwable cause = Exceptions.unwrap(thrown);
        while (cause != null) {
            if (cause instanceof PayFailure known) {
                return known;
            }
            if (cause instanceof DataBufferLimitException) {
                return new PayFailure.Unintelligible("WeChat Pay's answer is too large");
            }
            cause = cause.getCause();
        }
        return unavailable("the call broke off (" + nameOf(thrown) + ")", null);
    }

    static PayFailure unavailable(String detail, @Nullable String payCode) {
        return new PayFailure.Unavailable(detail, payCode, RETRY_AFTER, false);
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

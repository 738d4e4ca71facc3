package io.miniplane.server.wechat.web;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.RouteAccess;
import io.miniplane.server.wechat.application.PushParameters;
import io.miniplane.server.wechat.application.ReceivePush;
import io.miniplane.server.wechat.domain.PushRefusal.Reason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Where WeChat checks the address and pushes messages to. Its answers are WeChat's own, so without the envelope. */
@Configuration(proxyBeanMethods = false)
class PushRoutes {

    private static final String PATH = "/api/v1/wechat/push";
    private static final String SUCCESS = "success";
    private static final int LARGEST = 64 * 1024;
    private static final int LONGEST_ECHO = 256;
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    private static final ErrorCode NOT_FOUND = new ErrorCode(40400);

    @Bean
    RouteAccess pushAccess() {
        return RouteAccess.of(RouteAccess.anybody(HttpMethod.GET, PATH), RouteAccess.anybody(HttpMethod.POST, PATH));
    }

    @Bean
    RouterFunction<ServerResponse> pushRoute(ObjectProvider<ReceivePush> receivePush, PushCounter counter) {
        ReceivePush pushes = receivePush.getIfAvailable();
        return RouterFunctions.route()
                .GET(PATH, request -> pushes == null ? off() : check(request, pushes, counter))
                .POST(PATH, request -> pushes == null ? off() : receive(request, pushes, counter))
                .build();
    }

    private static Mono<ServerResponse> off() {
        return Mono.error(new Failure(NOT_FOUND));
    }

    private static Mono<ServerResponse> check(ServerRequest request, ReceivePush pushes, PushCounter counter) {
        return Mono.fromCallable(() -> {
                    pushes.admitCheck(parameters(request));
                    return echo(request);
                })
                .doOnSuccess(echo -> counter.checked())
                .doOnError(counter::failed)
                .flatMap(PushRoutes::answer);
    }

    private static Mono<ServerResponse> receive(ServerRequest request, ReceivePush pushes, PushCounter counter) {
        return Mono.fromCallable(() -> admitted(request, pushes))
                .flatMap(parameters -> body(request).flatMap(body -> pushes.receive(parameters, body)))
                .doOnSuccess(counter::taken)
                .doOnError(counter::failed)
                .flatMap(outcome -> answer(SUCCESS));
    }

    private static PushParameters admitted(ServerRequest request, ReceivePush pushes) {
        PushParameters parameters = parameters(request);
        pushes.admit(parameters);
        if (request.headers().contentLength().orElse(0) > LARGEST) {
            throw Reason.TOO_LARGE.refusal();
        }
        return parameters;
    }

    private static PushParameters parameters(ServerRequest request) {
        return PushParameters.of(
                single(request, "signature"),
                single(request, "msg_signature"),
                single(request, "timestamp"),
                single(request, "nonce"));
    }

    private static String echo(ServerRequest request) {
        String echo = single(request, "echostr");
        if (echo == null || echo.isEmpty() || echo.length() > LONGEST_ECHO) {
            throw Reason.BAD_PARAMETER.refusal("echostr");
        }
        return echo;
    }

    private static @Nullable String single(ServerRequest request, String name) {
        var values = request.queryParams().get(name);
        if (values != null && values.size() > 1) {
            throw Reason.BAD_PARAMETER.refusal(name);
        }
        return values == null ? null : values.getFirst();
    }

    private static Mono<byte[]> body(ServerRequest request) {
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), LARGEST)
                .onErrorMap(DataBufferLimitException.class, tooLarge -> Reason.TOO_LARGE.refusal())
                .map(PushRoutes::bytes)
                .switchIfEmpty(Mono.error(Reason.MALFORMED::refusal));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Mono<ServerResponse> answer(String text) {
        return ServerResponse.ok().contentType(TEXT).bodyValue(text);
    }
}

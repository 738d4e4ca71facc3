package io.miniplane.server.gateway.web;

import io.miniplane.server.gateway.application.CallWechat;
import io.miniplane.server.gateway.application.ContainerEvents;
import io.miniplane.server.gateway.domain.Target;
import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.wechat.OpenApi;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What the port inside the pod answers: events that the container publishes, and every other address as WeChat would. */
final class LocalRoutes {

    static final String EVENTS = "/events";

    private static final ErrorCode METHOD_NOT_ALLOWED = new ErrorCode(40500);
    private static final ErrorCode BODY_TOO_LARGE = new ErrorCode(41300);
    private static final ErrorCode TOO_MANY_REQUESTS = new ErrorCode(42900);
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int LARGEST_FILE = 10 * MEBIBYTE;

    /** A body is kept until WeChat has answered, for it is sent again with another token: so many files at once, which bounds the memory. */
    private static final int FILES = 4;

    private static final java.time.Duration SHORTLY = java.time.Duration.ofSeconds(1);

    private final CallWechat callWechat;
    private final ContainerEvents events;
    private final Semaphore files = new Semaphore(FILES);

    LocalRoutes(CallWechat callWechat, ContainerEvents events) {
        this.callWechat = callWechat;
        this.events = events;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST(EVENTS, this::publish)
                .route(RequestPredicates.all(), this::call)
                .build();
    }

    private Mono<ServerResponse> publish(ServerRequest request) {
        return body(request, EventReading.LARGEST)
                .map(body -> EventReading.of(request.headers().asHttpHeaders(), body))
                .flatMap(read ->
                        events.keep(read.event()).then(Mono.defer(() -> Answers.accepted(Map.of("id", read.id())))));
    }

    private Mono<ServerResponse> call(ServerRequest request) {
        Target target = LocalRequest.of(request.exchange()).target();
        HttpMethod method = request.method();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.POST)) {
            return Mono.error(new Failure(METHOD_NOT_ALLOWED, method.name(), "GET, POST"));
        }
        callWechat.admit(target);
        String type = request.headers().asHttpHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        return isFile(type)
                ? withFile(request, target, type)
                : body(request, MEBIBYTE).flatMap(body -> call(request, target, type, body));
    }

    private Mono<ServerResponse> withFile(ServerRequest request, Target target, @Nullable String type) {
        return Mono.using(
                () -> files.tryAcquire(),
                room -> room
                        ? body(request, LARGEST_FILE).flatMap(body -> call(request, target, type, body))
                        : Mono.error(new Failure(TOO_MANY_REQUESTS, SHORTLY, null)),
                this::release);
    }

    private void release(boolean room) {
        if (room) {
            files.release();
        }
    }

    private Mono<ServerResponse> call(ServerRequest request, Target target, @Nullable String type, ByteBuffer body) {
        OpenApi.Call call =
                new OpenApi.Call(request.method(), target.path(), target.query(), type, withoutTokens(type, body));
        return callWechat.call(call).flatMap(LocalRoutes::answer);
    }

    private static ByteBuffer withoutTokens(@Nullable String type, ByteBuffer body) {
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)
                ? StandardCharsets.UTF_8.encode(
                        Target.withoutTokens(StandardCharsets.UTF_8.decode(body).toString()))
                : body;
    }

    private static Mono<ServerResponse> answer(OpenApi.Answer answer) {
        ServerResponse.BodyBuilder builder = ServerResponse.status(answer.status())
                .headers(headers -> answer.headers().forEach(headers::set));
        return answer.body().hasRemaining() ? builder.bodyValue(bytes(answer.body())) : builder.build();
    }

    private static byte[] bytes(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }

    private static boolean isFile(@Nullable String type) {
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static Mono<ByteBuffer> body(ServerRequest request, int most) {
        if (request.headers().contentLength().orElse(0) > most) {
            return Mono.error(tooLarge(most));
        }
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), most)
                .onErrorMap(DataBufferLimitException.class, tooLarge -> tooLarge(most))
                .map(LocalRoutes::taken)
                .defaultIfEmpty(ByteBuffer.allocate(0));
    }

    private static Failure tooLarge(int most) {
        return new Failure(BODY_TOO_LARGE, most < MEBIBYTE ? most / 1024 + " KiB" : most / MEBIBYTE + " MiB");
    }

    private static ByteBuffer taken(DataBuffer buffer) {
        ByteBuffer bytes = ByteBuffer.allocate(buffer.readableByteCount());
        buffer.toByteBuffer(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}

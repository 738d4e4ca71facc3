package io.miniplane.server.payment.web;

import io.miniplane.server.payment.application.TakeNotification;
import io.miniplane.server.platform.security.RouteAccess;
import io.miniplane.server.wechat.PayNotificationRefused;
import io.miniplane.server.wechat.PayNotificationRefused.Reason;
import io.miniplane.server.wechat.PayNotifications;
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

/** Where WeChat Pay sends notifications. Its answers are as WeChat Pay wants them, so without the envelope. */
@Configuration(proxyBeanMethods = false)
class NotificationRoutes {

    private static final String PATH = "/api/v1/wechat/pay/notifications";
    private static final int LARGEST = 64 * 1024;

    @Bean
    RouteAccess payNotificationAccess() {
        return RouteAccess.of(RouteAccess.anybody(HttpMethod.POST, PATH));
    }

    @Bean
    RouterFunction<ServerResponse> payNotificationRoute(TakeNotification takeNotification, NotificationMeter meter) {
        return RouterFunctions.route()
                .POST(
                        PATH,
                        request -> body(request)
                                .flatMap(body -> takeNotification.take(signature(request), body))
                                .doOnSuccess(meter::taken)
                                .doOnError(meter::failed)
                                .flatMap(outcome -> ServerResponse.noContent().build())
                                .onErrorResume(PayNotificationRefused.class, NotificationRoutes::refused))
                .build();
    }

    private static Mono<ServerResponse> refused(PayNotificationRefused refused) {
        return ServerResponse.status(refused.reason().status())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(new RefusalBody("FAIL", refused.reason().sentence()));
    }

    private static PayNotifications.Signature signature(ServerRequest request) {
        ServerRequest.Headers headers = request.headers();
        return new PayNotifications.Signature(
                headers.firstHeader("Wechatpay-Timestamp"),
                headers.firstHeader("Wechatpay-Nonce"),
                headers.firstHeader("Wechatpay-Signature"),
                headers.firstHeader("Wechatpay-Serial"));
    }

    private static Mono<byte[]> body(ServerRequest request) {
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), LARGEST)
                .onErrorMap(DataBufferLimitException.class, tooLarge -> Reason.TOO_LARGE.refusal())
                .map(NotificationRoutes::bytes)
                .defaultIfEmpty(new byte[0]);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    /** A refusal as WeChat Pay reads it. */
    record RefusalBody(String code, String message) {}
}

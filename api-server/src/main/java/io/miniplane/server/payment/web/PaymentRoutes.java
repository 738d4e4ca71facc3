package io.miniplane.server.payment.web;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.payment.application.PaymentMeter;
import io.miniplane.server.payment.application.PreparePayment;
import io.miniplane.server.payment.application.ReadPayment;
import io.miniplane.server.payment.application.Refunds.Asker;
import io.miniplane.server.payment.application.RequestRefund;
import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.payment.domain.Refund;
import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.IdempotencyKey;
import io.miniplane.server.platform.JsonBodies;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Paying an order, and paying it back. */
@Configuration(proxyBeanMethods = false)
class PaymentRoutes {

    private static final String PAYMENT = "/api/v1/orders/{id}/payment";
    private static final String REFUNDS = "/api/v1/orders/{id}/refunds";
    private static final ErrorCode NO_SUCH_ORDER = new ErrorCode(40440);

    @Bean
    RouteAccess paymentAccess() {
        return RouteAccess.of(
                RouteAccess.only(HttpMethod.POST, PAYMENT, Role.USER),
                RouteAccess.only(HttpMethod.GET, PAYMENT, Role.SUPPORT, Role.OPERATOR, Role.ADMIN),
                RouteAccess.only(HttpMethod.POST, REFUNDS, Role.OPERATOR, Role.ADMIN));
    }

    @Bean
    RouterFunction<ServerResponse> paymentRoute(PreparePayment preparePayment, PaymentMeter meter) {
        return RouterFunctions.route()
                .POST(
                        PAYMENT,
                        request -> Caller.currentUser()
                                .flatMap(user -> preparePayment.prepare(new OrderId(id(request)), user.userId()))
                                .doOnSuccess(invitation -> meter.prepared())
                                .doOnError(failure -> meter.notPrepared())
                                .map(InvitationBody::of)
                                .flatMap(Answers::ok))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> readPaymentRoute(ReadPayment readPayment) {
        return RouterFunctions.route()
                .GET(
                        PAYMENT,
                        request -> readPayment
                                .read(new PaymentId(id(request)))
                                .map(PaymentBody::of)
                                .flatMap(Answers::ok))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> refundRoute(RequestRefund requestRefund, JsonBodies bodies, PaymentMeter meter) {
        return RouterFunctions.route()
                .POST(
                        REFUNDS,
                        request -> bodies.read(request, RefundRequest.class)
                                .flatMap(body -> refund(request, body, requestRefund))
                                .doOnSuccess(refund -> meter.refundRequested())
                                .flatMap(PaymentRoutes::created))
                .build();
    }

    private static Mono<Refund> refund(ServerRequest request, RefundRequest body, RequestRefund requestRefund) {
        IdempotencyKey key = IdempotencyKey.of(request, body);
        return Caller.currentStaff()
                .flatMap(staff -> requestRefund.request(
                        new PaymentId(id(request)), body.details(), new Asker(staff.name(), key)));
    }

    private static Mono<ServerResponse> created(Refund refund) {
        return Answers.created(URI.create("/api/v1/orders/" + refund.payment() + "/payment"), RefundBody.of(refund));
    }

    /** What is no id names nothing. */
    private static UUID id(ServerRequest request) {
        return Optional.of(request.pathVariable("id"))
                .filter(text -> text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"))
                .map(UUID::fromString)
                .orElseThrow(() -> new Failure(NO_SUCH_ORDER));
    }
}

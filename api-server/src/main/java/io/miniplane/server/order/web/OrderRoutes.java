package io.miniplane.server.order.web;

import io.miniplane.server.order.application.BrowseOrders;
import io.miniplane.server.order.application.CancelOrder;
import io.miniplane.server.order.application.CheckOut;
import io.miniplane.server.order.application.ReadOrder;
import io.miniplane.server.order.application.ReceiveOrder;
import io.miniplane.server.order.application.ShipOrder;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.IdempotencyKey;
import io.miniplane.server.platform.JsonBodies;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import io.miniplane.server.platform.security.UserId;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Orders: users have their own, staff sees all and ships them. */
@Configuration(proxyBeanMethods = false)
class OrderRoutes {

    private static final String ORDERS = "/api/v1/orders";
    private static final String ORDER = ORDERS + "/{id}";
    private static final String CANCELLATION = ORDER + "/cancellation";
    private static final String RECEIPT = ORDER + "/receipt";
    private static final String SHIPMENT = ORDER + "/shipment";
    private static final Role[] READERS = {Role.USER, Role.SUPPORT, Role.OPERATOR, Role.ADMIN};

    @Bean
    RouteAccess orderAccess() {
        return RouteAccess.of(
                RouteAccess.only(HttpMethod.POST, ORDERS, Role.USER),
                RouteAccess.only(HttpMethod.GET, ORDERS, READERS),
                RouteAccess.only(HttpMethod.GET, ORDER, READERS),
                RouteAccess.only(HttpMethod.PUT, CANCELLATION, Role.USER),
                RouteAccess.only(HttpMethod.PUT, RECEIPT, Role.USER),
                RouteAccess.only(HttpMethod.PUT, SHIPMENT, Role.OPERATOR, Role.ADMIN));
    }

    @Bean
    RouterFunction<ServerResponse> placeOrderRoute(CheckOut checkOut, JsonBodies bodies) {
        return RouterFunctions.route()
                .POST(
                        ORDERS,
                        request -> bodies.read(request, OrderRequest.class)
                                .flatMap(body -> place(request, body, checkOut)))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> readOrderRoutes(ReadOrder readOrder, BrowseOrders browseOrders) {
        return RouterFunctions.route()
                .GET(ORDERS, request -> Caller.current().flatMap(caller -> page(request, caller, browseOrders)))
                .GET(
                        ORDER,
                        request -> Caller.current()
                                .flatMap(caller -> switch (caller) {
                                    case Caller.User user -> readOrder.read(OrderParameters.id(request), user.userId());
                                    case Caller.Staff staff -> readOrder.read(OrderParameters.id(request));
                                })
                                .flatMap(OrderRoutes::answer))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> endOrderRoutes(CancelOrder cancelOrder, ReceiveOrder receiveOrder) {
        return RouterFunctions.route()
                .PUT(
                        CANCELLATION,
                        request -> user().flatMap(user -> cancelOrder.cancel(
                                        OrderParameters.id(request), user, OrderParameters.seen(request)))
                                .flatMap(OrderRoutes::answer))
                .PUT(
                        RECEIPT,
                        request -> user().flatMap(user -> receiveOrder.receive(
                                        OrderParameters.id(request), user, OrderParameters.seen(request)))
                                .flatMap(OrderRoutes::answer))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> shipOrderRoute(ShipOrder shipOrder, JsonBodies bodies) {
        return RouterFunctions.route()
                .PUT(
                        SHIPMENT,
                        request -> bodies.read(request, ShipmentRequest.class)
                                .flatMap(body -> shipOrder.ship(
                                        OrderParameters.id(request), body.shippedBy(), OrderParameters.seen(request)))
                                .flatMap(OrderRoutes::answer))
                .build();
    }

    private static Mono<ServerResponse> place(ServerRequest request, OrderRequest body, CheckOut checkOut) {
        @Nullable IdempotencyKey key = IdempotencyKey.of(request, body);
        return user().flatMap(user -> checkOut.place(user, body.basket(), key))
                .flatMap(order -> Answers.created(URI.create(ORDERS + "/" + order.id()), OrderBody.of(order)));
    }

    private static Mono<ServerResponse> page(ServerRequest request, Caller caller, BrowseOrders browseOrders) {
        var query = OrderParameters.query(request, caller);
        return browseOrders
                .browse(query)
                .map(orders -> query.paging().page(orders, order -> order.id().value(), OrderBody::of))
                .flatMap(Answers::ok);
    }

    private static Mono<ServerResponse> answer(Order order) {
        return Answers.ok(OrderBody.of(order));
    }

    private static Mono<UserId> user() {
        return Caller.currentUser().map(Caller.User::userId);
    }
}

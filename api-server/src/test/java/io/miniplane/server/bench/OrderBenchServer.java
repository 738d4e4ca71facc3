package io.miniplane.server.bench;

import io.miniplane.server.MiniplaneServer;
import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.order.OrderEvents;
import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.OrderedLine;
import io.miniplane.server.order.ProductRef;
import io.miniplane.server.order.application.ConfirmOrder;
import io.miniplane.server.order.application.PlaceOrder;
import io.miniplane.server.order.application.ReadOrder;
import io.miniplane.server.order.domain.Basket;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.JsonBodies;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandler;
import io.miniplane.server.platform.events.EventHandlers;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The product with two more things to do for every order: to have its payment checked, and to send a notification. {@code POST /bench/orders} does all
 * of it before it answers, by the same use cases; {@code POST /api/v1/orders} leaves it to handlers of the event.
 */
final class OrderBenchServer {

    static final String SYNCHRONOUS = "/bench/orders";
    private static final List<String> SERVICES = List.of("payment-check", "notification");

    private OrderBenchServer() {}

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(MiniplaneServer.class)
                .sources(OrderBenchServer.class)
                .run(arguments);
    }

    @Bean
    static RouteAccess benchAccess() {
        return RouteAccess.of(RouteAccess.only(HttpMethod.POST, SYNCHRONOUS, Role.USER));
    }

    @Bean
    static Services benchServices(Environment environment) {
        ConnectionProvider connections =
                ConnectionProvider.builder("bench").maxConnections(500).build();
        return new Services(WebClient.builder()
                .baseUrl(environment.getRequiredProperty("bench.services"))
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
                .build());
    }

    @Bean
    static RouterFunction<ServerResponse> synchronousOrders(
            PlaceOrder place, ConfirmOrder confirm, ReadOrder read, JsonBodies bodies, Services services) {
        return RouterFunctions.route()
                .POST(
                        SYNCHRONOUS,
                        request -> synchronous(request, place, confirm, bodies, services)
                                .flatMap(order -> read.read(order.id()))
                                .flatMap(order -> Answers.created(
                                        URI.create("/api/v1/orders/" + order.id()),
                                        Map.of("id", order.id().toString(), "status", order.status()))))
                .build();
    }

    private static Mono<Order> synchronous(
            ServerRequest request, PlaceOrder place, ConfirmOrder confirm, JsonBodies bodies, Services services) {
        return bodies.read(request, Wanted.class)
                .zipWith(Caller.currentUser())
                .flatMap(both -> place.place(both.getT2().userId(), both.getT1().basket(), null))
                .flatMap(order -> confirm.follow(new OrderEvent.Created(
                                order.id(),
                                order.user(),
                                order.items().stream().map(item -> item.line()).toList()))
                        .then(services.call("payment-check", order.id()))
                        .then(services.call("notification", order.id()))
                        .thenReturn(order));
    }

    @Bean
    static EventHandlers benchHandlers(Services services) {
        return new EventHandlers(
                SERVICES.stream().map(service -> new Handler(service, services)).toList());
    }

    /** The body of an order. */
    record Wanted(List<Line> lines) {

        private Basket basket() {
            return new Basket(lines.stream()
                    .map(line -> new OrderedLine(new ProductRef(line.productId), line.quantity))
                    .toList());
        }

        record Line(UUID productId, int quantity) {}
    }

    /** The slow services. */
    record Services(WebClient client) {

        Mono<Void> call(String service, OrderId order) {
            return client.post()
                    .uri("/" + service + "/" + order)
                    .retrieve()
                    .toBodilessEntity()
                    .then();
        }
    }

    record Handler(String service, Services services) implements EventHandler {

        @Override
        public String queue() {
            return "bench." + service;
        }

        @Override
        public Set<String> types() {
            return Set.of(OrderEvents.CREATED);
        }

        @Override
        public Effect effect() {
            return Effect.ELSEWHERE;
        }

        @Override
        public Mono<Void> handle(DomainEvent event) {
            return services.call(service, OrderEvents.read(event).order());
        }
    }
}

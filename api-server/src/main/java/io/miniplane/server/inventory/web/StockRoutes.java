package io.miniplane.server.inventory.web;

import io.miniplane.server.inventory.Inventory;
import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.inventory.application.AddProduct;
import io.miniplane.server.inventory.application.Asked;
import io.miniplane.server.inventory.application.BrowseProducts;
import io.miniplane.server.inventory.application.BrowseStockChanges;
import io.miniplane.server.inventory.application.ChangeStock;
import io.miniplane.server.inventory.application.Products.Scope;
import io.miniplane.server.inventory.application.ReadProduct;
import io.miniplane.server.inventory.application.ReplaceProduct;
import io.miniplane.server.inventory.application.StockChanges.Made;
import io.miniplane.server.inventory.domain.Product;
import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.IdempotencyKey;
import io.miniplane.server.platform.JsonBodies;
import io.miniplane.server.platform.Paging;
import io.miniplane.server.platform.events.EventHandler.Effect;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import java.net.URI;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Products and their stock, for staff. */
@Configuration(proxyBeanMethods = false)
class StockRoutes {

    private static final String STOCK = "/api/v1/stock";
    private static final String STOCKED = STOCK + "/{id}";
    private static final String CHANGES = ProductRoutes.PRODUCT + "/stock-changes";
    private static final ErrorCode NO_VERSION = new ErrorCode(40070);
    private static final Role[] STAFF = {Role.SUPPORT, Role.OPERATOR, Role.ADMIN};
    private static final Role[] RUNS_THE_SHOP = {Role.OPERATOR, Role.ADMIN};

    private final JsonBodies bodies;
    private final boolean isStockOurs;

    StockRoutes(JsonBodies bodies, Inventory inventory) {
        this.bodies = bodies;
        this.isStockOurs = inventory.effect() == Effect.DATABASE;
    }

    @Bean
    RouteAccess stockAccess() {
        return RouteAccess.of(
                RouteAccess.only(HttpMethod.POST, ProductRoutes.PRODUCTS, RUNS_THE_SHOP),
                RouteAccess.only(HttpMethod.PUT, ProductRoutes.PRODUCT, RUNS_THE_SHOP),
                RouteAccess.only(HttpMethod.POST, CHANGES, RUNS_THE_SHOP),
                RouteAccess.only(HttpMethod.GET, CHANGES, STAFF),
                RouteAccess.only(HttpMethod.GET, STOCK, STAFF),
                RouteAccess.only(HttpMethod.GET, STOCKED, STAFF));
    }

    @Bean
    RouterFunction<ServerResponse> readStockRoutes(BrowseProducts browseProducts, ReadProduct readProduct) {
        return RouterFunctions.route()
                .GET(
                        STOCK,
                        request -> Mono.fromCallable(() -> Paging.of(request))
                                .flatMap(paging -> browseProducts
                                        .browse(paging, Scope.ALL)
                                        .map(products -> paging.page(
                                                products,
                                                product -> product.id().value(),
                                                this::body)))
                                .flatMap(Answers::ok))
                .GET(
                        STOCKED,
                        request -> Mono.fromCallable(() -> ProductRoutes.id(request))
                                .flatMap(id -> readProduct.read(id, Scope.ALL))
                                .flatMap(product -> Answers.ok(body(product))))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> changeProductRoutes(AddProduct addProduct, ReplaceProduct replaceProduct) {
        return RouterFunctions.route()
                .POST(
                        ProductRoutes.PRODUCTS,
                        request -> bodies.read(request, ProductRequest.class)
                                .flatMap(body ->
                                        asked(request, body).flatMap(asked -> addProduct.add(body.offer(), asked)))
                                .flatMap(product -> Answers.created(at(product), body(product))))
                .PUT(
                        ProductRoutes.PRODUCT,
                        request -> bodies.read(request, ProductRequest.class)
                                .flatMap(body -> replaceProduct.replace(
                                        ProductRoutes.id(request), body.offer(), version(request)))
                                .flatMap(product -> Answers.ok(body(product))))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> stockChangeRoutes(ChangeStock changeStock, BrowseStockChanges browseStockChanges) {
        return RouterFunctions.route()
                .POST(
                        CHANGES,
                        request -> bodies.read(request, StockChangeRequest.class)
                                .flatMap(body -> change(request, body, changeStock)))
                .GET(
                        CHANGES,
                        request -> Mono.fromCallable(() -> Paging.of(request))
                                .flatMap(paging -> browseStockChanges
                                        .browse(ProductRoutes.id(request), paging)
                                        .map(changes -> paging.page(changes, Made::id, StockChangeBody::of)))
                                .flatMap(Answers::ok))
                .build();
    }

    private static Mono<ServerResponse> change(
            ServerRequest request, StockChangeRequest body, ChangeStock changeStock) {
        ProductId product = ProductRoutes.id(request);
        return asked(request, new Wish(product.value(), body))
                .flatMap(asked -> changeStock.change(product, body.change(), asked))
                .flatMap(made -> Answers.ok(StockChangeBody.of(made)));
    }

    private static Mono<Asked> asked(ServerRequest request, Object body) {
        return Caller.currentStaff().map(who -> new Asked(who, IdempotencyKey.of(request, body)));
    }

    /** The version that staff saw, as in {@code If-Match: "3"}. */
    private static long version(ServerRequest request) {
        String tag = request.headers().firstHeader(HttpHeaders.IF_MATCH);
        if (tag == null || !tag.matches("\"?\\d{1,18}\"?")) {
            throw new Failure(NO_VERSION);
        }
        return Long.parseLong(tag.replace("\"", ""));
    }

    private StockedProductBody body(Product product) {
        return StockedProductBody.of(product, isStockOurs);
    }

    private static URI at(Product product) {
        return URI.create(STOCK + "/" + product.id());
    }

    /** What a key stands for: the same body for another product is another wish. */
    private record Wish(UUID product, StockChangeRequest body) {}
}

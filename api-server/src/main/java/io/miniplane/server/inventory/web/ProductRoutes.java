package io.miniplane.server.inventory.web;

import io.miniplane.server.inventory.Inventory;
import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.inventory.application.BrowseProducts;
import io.miniplane.server.inventory.application.Products.Scope;
import io.miniplane.server.inventory.application.ReadProduct;
import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Paging;
import io.miniplane.server.platform.events.EventHandler.Effect;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What is sold, for those who buy it; staff sees here what they see. */
@Configuration(proxyBeanMethods = false)
class ProductRoutes {

    static final String PRODUCTS = "/api/v1/products";
    static final String PRODUCT = PRODUCTS + "/{id}";

    private static final ErrorCode NO_SUCH_PRODUCT = new ErrorCode(40450);
    private static final Role[] EVERYBODY = Role.values();

    private final boolean isStockOurs;

    ProductRoutes(Inventory inventory) {
        isStockOurs = inventory.effect() == Effect.DATABASE;
    }

    @Bean
    RouteAccess productAccess() {
        return RouteAccess.of(
                RouteAccess.only(HttpMethod.GET, PRODUCTS, EVERYBODY),
                RouteAccess.only(HttpMethod.GET, PRODUCT, EVERYBODY));
    }

    @Bean
    RouterFunction<ServerResponse> readProductRoutes(BrowseProducts browseProducts, ReadProduct readProduct) {
        return RouterFunctions.route()
                .GET(
                        PRODUCTS,
                        request -> Mono.fromCallable(() -> Paging.of(request))
                                .flatMap(paging -> browseProducts
                                        .browse(paging, Scope.PUBLISHED)
                                        .map(products -> paging.page(
                                                products,
                                                product -> product.id().value(),
                                                product -> ProductBody.of(product, isStockOurs))))
                                .flatMap(Answers::ok))
                .GET(
                        PRODUCT,
                        request -> Mono.fromCallable(() -> id(request))
                                .flatMap(id -> readProduct.read(id, Scope.PUBLISHED))
                                .flatMap(product -> Answers.ok(ProductBody.of(product, isStockOurs))))
                .build();
    }

    /** What is no id names nothing. */
    static ProductId id(ServerRequest request) {
        String text = request.pathVariable("id");
        if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw new Failure(NO_SUCH_PRODUCT);
        }
        return new ProductId(UUID.fromString(text));
    }
}

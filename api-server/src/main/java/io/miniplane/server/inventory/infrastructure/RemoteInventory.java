package io.miniplane.server.inventory.infrastructure;

import io.miniplane.server.inventory.Inventory;
import io.miniplane.server.inventory.Line;
import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.inventory.domain.Basket;
import io.miniplane.server.inventory.infrastructure.StockService.Answer;
import io.miniplane.server.inventory.infrastructure.StockService.Call;
import io.miniplane.server.platform.events.EventHandler.Effect;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The stock that a team keeps itself, by the contract in {@code docs/inventory.md}. What the contract does not know is an error and never a guess. */
final class RemoteInventory implements Inventory {

    private static final int DONE = 204;
    private static final String UUID_TEXT = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private final StockService service;
    private final Duration reservationTime;

    RemoteInventory(StockService service, Duration reservationTime) {
        this.service = service;
        this.reservationTime = reservationTime;
    }

    @Override
    public Mono<Taking> take(UUID order, List<Line> lines) {
        Basket basket = Basket.of(lines);
        Call call = new Call(HttpMethod.PUT, at(order), Wanted.of(basket, reservationTime));
        return service.call(call, answer -> taking(answer, basket));
    }

    @Override
    public Mono<Void> giveBack(UUID order) {
        return service.call(new Call(HttpMethod.DELETE, at(order), null), RemoteInventory::done)
                .then();
    }

    @Override
    public Mono<Sale> sell(UUID order) {
        return service.call(new Call(HttpMethod.POST, at(order) + "/sale", null), RemoteInventory::sale);
    }

    @Override
    public Duration reservationTime() {
        return reservationTime;
    }

    @Override
    public Effect effect() {
        return Effect.ELSEWHERE;
    }

    private static String at(UUID order) {
        return "/reservations/" + order;
    }

    private static Taking taking(Answer answer, Basket basket) {
        return switch (answer.outcome()) {
            case "200 taken" -> new Taking.Taken();
            case "409 refused" -> refused(answer, basket);
            case "409 closed" -> new Taking.Closed();
            default -> throw answer.senseless("expected 200 taken, 409 refused or 409 closed");
        };
    }

    private static Taking refused(Answer answer, Basket basket) {
        Set<ProductId> products = products(answer);
        if (!basket.has(products)) {
            throw answer.senseless("it refuses a product that was not asked for");
        }
        return new Taking.Refused(products);
    }

    private static Sale sale(Answer answer) {
        return switch (answer.outcome()) {
            case "200 sold" -> new Sale.Sold();
            case "409 gone" -> new Sale.Gone(products(answer));
            case "409 nothing-held" -> new Sale.NothingHeld();
            default -> throw answer.senseless("expected 200 sold, 409 gone or 409 nothing-held");
        };
    }

    private static boolean done(Answer answer) {
        if (answer.status() != DONE) {
            throw answer.senseless("expected 204");
        }
        return true;
    }

    private static Set<ProductId> products(Answer answer) {
        Set<ProductId> products = new HashSet<>();
        for (JsonNode product : answer.body().path("products")) {
            if (!product.isString() || !product.asString().matches(UUID_TEXT)) {
                throw answer.senseless("a product is no UUID");
            }
            products.add(new ProductId(UUID.fromString(product.asString())));
        }
        if (products.isEmpty()) {
            throw answer.senseless("it does not say which products");
        }
        return products;
    }

    private record Wanted(List<Part> lines, long reservationSeconds) {

        private static Wanted of(Basket basket, Duration reservationTime) {
            List<Part> parts = basket.entries().stream()
                    .map(entry -> new Part(entry.getKey().value(), entry.getValue()))
                    .toList();
            return new Wanted(parts, reservationTime.toSeconds());
        }

        private record Part(UUID productId, long quantity) {}
    }
}

package io.miniplane.server.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.inventory.Inventory.Taking;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.DomainEvent.Aggregate;
import io.miniplane.server.platform.events.EventHandler;
import io.miniplane.server.platform.events.EventHandlers;
import io.miniplane.server.platform.events.Outbox;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.TeamStock;
import io.miniplane.server.stage.TeamStock.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;

/** The stock service of a team goes away while orders come in: they wait in their queue. */
class StockOutageIT {

    private static final int ORDERS = 60;
    private static final ProductId TEA = new ProductId(UUID.fromString("01900000-0000-7000-8000-000000000001"));

    private TeamStock stock;
    private Backend backend;
    private Api one;

    @BeforeEach
    void start(@TempDir Path keys) {
        Taker.TAKEN.clear();
        stock = TeamStock.start().put(TEA, ORDERS - 10);
        backend = new Backend(keys);
        String[] settings = {
            stock.setting(),
            "--miniplane.inventory.time-limit=500ms",
            "--miniplane.inventory.breaker-open-for=500ms",
            "--miniplane.events.first-retry=200ms",
            "--miniplane.events.longest-retry=1s",
            "--miniplane.events.attempts=100",
            "--miniplane.events.poll=200ms"
        };
        Class<?>[] handlers = {Handlers.class};
        one = backend.startServerWith(handlers, settings);
        backend.startServerWith(handlers, settings);
    }

    @AfterEach
    void stop() {
        backend.close();
        stock.close();
    }

    @Test
    void everythingIsTakenOnceAfterItReturns() throws InterruptedException {
        List<UUID> orders = Stream.generate(UUID::randomUUID).limit(ORDERS).toList();
        stock.stop();
        orders.forEach(this::write);
        Thread.sleep(Duration.ofSeconds(5));
        assertThat(Taker.TAKEN).isEmpty();

        stock.restart();
        await().atMost(Duration.ofSeconds(60)).until(() -> Taker.TAKEN.size() == ORDERS);
        assertThat(Taker.TAKEN.keySet()).containsExactlyInAnyOrderElementsOf(orders);
        assertThat(Taker.TAKEN.values()).filteredOn(new Taking.Taken()::equals).hasSize(ORDERS - 10);
        assertThat(Taker.TAKEN.values())
                .filteredOn(new Taking.Refused(Set.of(TEA))::equals)
                .hasSize(10);
        assertThat(stock.available(TEA)).isZero();
        assertThat(stock.count(TEA, Status.HELD)).isEqualTo(ORDERS - 10);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> backend.rows("SELECT * FROM queue_messages").isEmpty());
        assertThat(stock.requests())
                .allSatisfy(request -> assertThat(request.headers()).containsKey("traceparent"));
    }

    private void write(UUID order) {
        one.context()
                .getBean(Outbox.class)
                .write(DomainEvent.of("trial.ordered", new Aggregate("trial", order.toString()), "{}"))
                .block(Duration.ofSeconds(10));
    }

    static class Handlers {

        @Bean
        EventHandlers takers(Inventory inventory) {
            return EventHandlers.of(new Taker(inventory));
        }
    }

    private record Taker(Inventory inventory) implements EventHandler {

        private static final Map<UUID, Taking> TAKEN = new ConcurrentHashMap<>();

        @Override
        public String queue() {
            return "trial.taking";
        }

        @Override
        public Set<String> types() {
            return Set.of("trial.ordered");
        }

        @Override
        public Effect effect() {
            return inventory.effect();
        }

        @Override
        public Mono<Void> handle(DomainEvent event) {
            UUID order = UUID.fromString(event.aggregate().id());
            return inventory
                    .take(order, List.of(new Line(TEA, 1)))
                    .doOnNext(taking -> TAKEN.put(order, taking))
                    .then();
        }
    }
}

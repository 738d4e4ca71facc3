package io.miniplane.server.inventory.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.miniplane.server.inventory.Inventory;
import io.miniplane.server.inventory.Line;
import io.miniplane.server.platform.events.EventHandler.Effect;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Times and traces every act as {@code miniplane_inventory_request_seconds{call,outcome}}; every series is there from the start, at 0. The headers of
 * the trace are in the observation of the Reactor context, for whoever sends the act on.
 */
final class ObservedInventory implements Inventory {

    private static final String NAME = "miniplane.inventory.request";
    private static final String TAKE = "take";
    private static final String GIVE_BACK = "give_back";
    private static final String SELL = "sell";
    private static final String GIVEN_BACK = "given_back";
    private static final String FAILED = "failed";
    private static final String CANCELLED = "cancelled";

    private final Inventory inventory;
    private final ObservationRegistry observations;

    ObservedInventory(Inventory inventory, MeterRegistry meters, ObservationRegistry observations) {
        this.inventory = inventory;
        this.observations = observations;
        register(meters, TAKE, "taken", "refused", "closed", FAILED, CANCELLED);
        register(meters, GIVE_BACK, GIVEN_BACK, FAILED, CANCELLED);
        register(meters, SELL, "sold", "gone", "nothing_held", FAILED, CANCELLED);
    }

    @Override
    public Mono<Taking> take(UUID order, List<Line> lines) {
        return observed(TAKE, inventory.take(order, lines));
    }

    @Override
    public Mono<Void> giveBack(UUID order) {
        return observed(GIVE_BACK, inventory.giveBack(order).thenReturn(GIVEN_BACK))
                .then();
    }

    @Override
    public Mono<Sale> sell(UUID order) {
        return observed(SELL, inventory.sell(order));
    }

    @Override
    public Duration reservationTime() {
        return inventory.reservationTime();
    }

    @Override
    public Effect effect() {
        return inventory.effect();
    }

    private <T> Mono<T> observed(String call, Mono<T> act) {
        return Mono.deferContextual(context -> {
            Observation observation = observation(call, context).start();
            AtomicBoolean ended = new AtomicBoolean();
            return act.doOnNext(answer -> end(observation, ended, outcome(answer)))
                    .doOnError(failure -> {
                        observation.error(failure);
                        end(observation, ended, FAILED);
                    })
                    .doOnCancel(() -> end(observation, ended, CANCELLED))
                    .contextWrite(inner -> inner.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    private Observation observation(String call, ContextView context) {
        Observation observation = Observation.createNotStarted(NAME, ObservedInventory::carrier, observations)
                .contextualName("inventory " + call)
                .lowCardinalityKeyValue("call", call)
                .highCardinalityKeyValue("miniplane.inventory.call", call);
        Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        return parent == null ? observation : observation.parentObservation(parent);
    }

    private static SenderContext<Map<String, String>> carrier() {
        SenderContext<Map<String, String>> context = new SenderContext<>(
                (headers, name, value) -> Objects.requireNonNull(headers).put(name, value), Kind.CLIENT);
        context.setCarrier(new HashMap<>());
        context.setRemoteServiceName("inventory");
        return context;
    }

    private static void end(Observation observation, AtomicBoolean ended, String outcome) {
        if (ended.compareAndSet(false, true)) {
            observation
                    .lowCardinalityKeyValue("outcome", outcome)
                    .highCardinalityKeyValue("miniplane.inventory.outcome", outcome)
                    .stop();
        }
    }

    private static String outcome(Object answer) {
        return switch (answer) {
            case Taking taking ->
                switch (taking) {
                    case Taking.Taken() -> "taken";
                    case Taking.Refused ignored -> "refused";
                    case Taking.Closed() -> "closed";
                };
            case Sale sale ->
                switch (sale) {
                    case Sale.Sold() -> "sold";
                    case Sale.Gone ignored -> "gone";
                    case Sale.NothingHeld() -> "nothing_held";
                };
            default -> GIVEN_BACK;
        };
    }

    private static void register(MeterRegistry meters, String call, String... outcomes) {
        for (String outcome : outcomes) {
            Timer.builder(NAME)
                    .description("Acts of orders upon the stock by how they came out")
                    .tag("call", call)
                    .tag("outcome", outcome)
                    .tag("error", "none")
                    .register(meters);
        }
    }
}

package io.miniplane.simulator.push;

import io.miniplane.simulator.http.CallbackCarrier;
import io.miniplane.simulator.http.CallbackCarrier.Answer;
import io.miniplane.simulator.world.PushOutlet;
import io.miniplane.simulator.world.RandomText;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.node.ObjectNode;

/** The callbacks of all apps and what is pushed to them. Its methods never block. */
public final class Pushes implements PushOutlet, AutoCloseable {

    private static final int OK = 200;

    private final InstantSource clock;
    private final CallbackCarrier carrier;
    private final Scheduler timer;
    private final PushLog log = new PushLog();
    private final Map<String, PushCallback> callbacks = new ConcurrentHashMap<>();
    private final Map<String, List<URI>> replicas = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    /** Pushes that are carried by these event loops. */
    public Pushes(InstantSource clock, LoopResources loops) {
        this.clock = clock;
        this.carrier = new CallbackCarrier("wechat-push", loops);
        this.timer = Schedulers.fromExecutorService(loops.onClient(LoopResources.DEFAULT_NATIVE));
    }

    /**
     * Sets the callback of an app once the server at its address passes the URL check.
     *
     * @return fails with an {@link IllegalArgumentException} that says what the server did instead
     */
    public CompletableFuture<PushCallback> configure(String appId, PushCallback callback) {
        return check(appId, callback)
                .doOnSuccess(checked -> callbacks.put(appId, callback))
                .toFuture();
    }

    /** Sets the callback of an app whose server perhaps does not run yet. */
    public void configureUnchecked(String appId, PushCallback callback) {
        callbacks.put(appId, callback);
    }

    /**
     * Spreads the deliveries of an app evenly over several addresses, as a load balancer does behind the one of the
     * callback.
     */
    public void spread(String appId, List<URI> addresses) {
        replicas.put(appId, List.copyOf(addresses));
    }

    /** Lets an app get no pushes any more. */
    public void forget(String appId) {
        callbacks.remove(appId);
        replicas.remove(appId);
    }

    /** Where an app gets its pushes. */
    public Optional<PushCallback> callback(String appId) {
        return Optional.ofNullable(callbacks.get(appId));
    }

    /**
     * Pushes a message.
     *
     * @return the push, when the last delivery is over
     * @throws IllegalArgumentException when the app has no callback, or the fault needs a mode that enciphers
     */
    public CompletableFuture<Push> send(PushOrder order) {
        return deliver(order).toFuture();
    }

    /**
     * Pushes many messages, up to 64 deliveries at one time.
     *
     * @param shuffled whether they go in another order than given
     * @return what came of them, when the last delivery of all is over
     * @throws IllegalArgumentException when an app has no callback, or a fault needs a mode that enciphers
     */
    public CompletableFuture<PushSummary> sendAll(Collection<PushOrder> orders, boolean shuffled) {
        orders.forEach(this::route);
        List<PushOrder> sequence = new ArrayList<>(orders);
        if (shuffled) {
            Collections.shuffle(sequence);
        }
        return Flux.fromIterable(sequence)
                .flatMap(order -> Mono.defer(() -> deliver(order)), CallbackCarrier.CONNECTIONS)
                .reduce(PushSummary.NONE, PushSummary::plus)
                .toFuture();
    }

    /** Pushes what happens in the simulated WeChat; an app without a callback gets nothing. */
    @Override
    public void push(String appId, ObjectNode message) {
        if (callbacks.containsKey(appId)) {
            var _ = send(PushOrder.of(appId, message));
        }
    }

    /** The last 1,000 pushes, the newest first. */
    public List<Push> last() {
        return log.all();
    }

    /** Forgets the pushes that are over or under way; those under way go on. */
    public void clear() {
        log.clear();
    }

    private Mono<PushCallback> check(String appId, PushCallback callback) {
        String echo = RandomText.digits(19);
        URI question = new PushWriter(appId, callback).check(PushWriter.Stamp.at(clock.instant()), echo);
        return carrier.ask(question)
                .onErrorMap(failure -> refusal(CallbackCarrier.sentence(failure)))
                .map(answer -> {
                    if (answer.status() != OK || !answer.body().equals(echo)) {
                        throw refusal("The server answered " + answer.status() + " with \""
                                + Delivery.cut(answer.body()) + "\", where it must answer " + OK
                                + " with nothing but the echostr.");
                    }
                    return callback;
                });
    }

    private static IllegalArgumentException refusal(String reason) {
        return new IllegalArgumentException("The URL check failed, so the callback stays as it was. " + reason);
    }

    private Mono<Push> deliver(PushOrder order) {
        Route route = route(order);
        return Mono.defer(() -> new PushCourse(order, route, clock, log).run());
    }

    private Route route(PushOrder order) {
        PushCallback callback = callbacks.get(order.appId());
        if (callback == null) {
            throw new IllegalArgumentException(
                    "This app has no push callback: set it by PUT /_control/apps/{appId}/push.");
        }
        if (order.fault() != null
                && order.fault().needsCipher()
                && !callback.mode().enciphers()) {
            throw new IllegalArgumentException("The fault \"" + order.fault().text()
                    + "\" concerns the cipher text, and this app gets its pushes in clear: choose Safe or Compatible.");
        }
        List<URI> addresses = replicas.getOrDefault(order.appId(), List.of(callback.url()));
        return new Route(callback, addresses, turn, carrier, timer);
    }

    /** The way to the server of an app. */
    record Route(
            PushCallback callback, List<URI> addresses, AtomicInteger turn, CallbackCarrier carrier, Scheduler timer) {

        Mono<Answer> carry(PushLetter letter) {
            URI address = addresses.get(Math.floorMod(turn.getAndIncrement(), addresses.size()));
            return carrier.post(
                    PushLetter.uri(address, letter.query()),
                    Map.of("Content-Type", letter.contentType()),
                    letter.body());
        }

        Mono<Long> pause() {
            return Mono.delay(callback.retryAfter(), timer);
        }
    }

    /** Drops the connections; what is under way fails. */
    @Override
    public void close() {
        carrier.close();
    }
}

package io.miniplane.simulator.pay;

import io.miniplane.simulator.http.CallbackCarrier;
import io.miniplane.simulator.http.CallbackCarrier.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** Carries notifications, and remembers the last 1,000. */
final class Notices implements AutoCloseable {

    private static final int KEPT = 1000;

    private final InstantSource clock;
    private final CallbackCarrier carrier;
    private final Scheduler timer;
    private final Map<String, Notice> log = new LinkedHashMap<>();
    private final Map<String, Letter> letters = new HashMap<>();
    private final Deque<Disturbance> disturbances = new ArrayDeque<>();
    private final List<Sinks.Empty<Void>> held = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    private volatile List<URI> addresses = List.of();
    private volatile double pace = 1;

    Notices(InstantSource clock, LoopResources loops) {
        this.clock = clock;
        this.carrier = new CallbackCarrier("wechat-pay-notice", loops);
        this.timer = Schedulers.fromExecutorService(loops.onClient(LoopResources.DEFAULT_NATIVE));
    }

    /** A delivery as it goes over the wire. */
    record Letter(Map<String, String> headers, String body) {

        static Letter of(String body, Map<String, String> signature) {
            Map<String, String> headers = new HashMap<>(signature);
            headers.put("Content-Type", "application/json");
            headers.put("User-Agent", "Mozilla/4.0");
            return new Letter(headers, body);
        }
    }

    void spread(List<URI> newAddresses) {
        addresses = List.copyOf(newAddresses);
    }

    void pace(double factor) {
        pace = factor;
    }

    synchronized void disturb(NoticeFault fault, int notices, int deliveries) {
        for (int i = 0; i < notices; i++) {
            disturbances.add(new Disturbance(fault, deliveries));
        }
    }

    synchronized void calm() {
        disturbances.clear();
    }

    synchronized Disturbance nextDisturbance() {
        Disturbance next = disturbances.poll();
        return next == null ? Disturbance.NONE : next;
    }

    /** Makes a notification and gives its course, which begins when somebody subscribes. */
    Mono<Notice> begin(NoticeText text, Disturbance disturbance, Supplier<NoticeCourse.Pen> pen) {
        return Mono.defer(() -> {
            NoticeFault fault = disturbance.fault();
            Notice notice = new Notice(
                    UUID.randomUUID().toString(),
                    text.eventType(),
                    text.outTradeNo(),
                    clock.instant(),
                    text.url().toString(),
                    fault == null ? "" : fault.text(),
                    List.of(),
                    Notice.State.UNDER_WAY);
            note(notice, null);
            return new NoticeCourse(this, notice, text, disturbance, pen.get()).run();
        });
    }

    /** Sends the last delivery of a notification once more, byte by byte. */
    Mono<Notice.Delivery> replay(String id) {
        return Mono.defer(() -> {
            Notice notice;
            Letter letter;
            synchronized (this) {
                notice = log.get(id);
                letter = letters.get(id);
            }
            if (notice == null || letter == null) {
                throw new IllegalArgumentException("No notification of this id was delivered.");
            }
            return deliver(notice, notice.deliveries().size() + 1, letter);
        });
    }

    /** One delivery, which is noted. */
    Mono<Notice.Delivery> deliver(Notice notice, int number, Letter letter) {
        return Mono.defer(() -> {
            Instant at = Instant.now();
            return carrier.post(address(URI.create(notice.url())), letter.headers(), letter.body())
                    .map(answer -> answered(number, at, answer))
                    .onErrorResume(failure ->
                            Mono.just(Notice.Delivery.failed(number, at, since(at), CallbackCarrier.sentence(failure))))
                    .doOnNext(delivery -> note(current(notice).with(delivery), letter));
        });
    }

    private static Notice.Delivery answered(int number, Instant at, Answer answer) {
        return Notice.Delivery.answered(number, at, since(at), answer.status(), answer.body());
    }

    private URI address(URI given) {
        List<URI> all = addresses;
        return all.isEmpty() ? given : all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
    }

    static long since(Instant start) {
        return Duration.between(start, Instant.now()).toMillis();
    }

    Mono<Long> pause(Duration length) {
        return Mono.delay(Duration.ofNanos(Math.round(length.toNanos() * pace)), timer);
    }

    Scheduler timer() {
        return timer;
    }

    /** Ends when another notification does. */
    Mono<Void> untilAnother() {
        Sinks.Empty<Void> sink = Sinks.empty();
        synchronized (this) {
            held.add(sink);
        }
        return sink.asMono();
    }

    /** A notification came to its end, so those that wait for one go on. */
    void release() {
        List<Sinks.Empty<Void>> released;
        synchronized (this) {
            released = List.copyOf(held);
            held.clear();
        }
        released.forEach(Sinks.Empty::tryEmitEmpty);
    }

    synchronized void note(Notice notice, @Nullable Letter letter) {
        log.put(notice.id(), notice);
        if (letter != null) {
            letters.put(notice.id(), letter);
        }
        if (log.size() > KEPT) {
            String oldest = log.keySet().iterator().next();
            log.remove(oldest);
            letters.remove(oldest);
        }
    }

    synchronized Notice current(Notice notice) {
        return log.getOrDefault(notice.id(), notice);
    }

    /** The newest first. */
    synchronized List<Notice> all() {
        return new ArrayList<>(log.values()).reversed();
    }

    synchronized void clear() {
        log.clear();
        letters.clear();
    }

    @Override
    public void close() {
        carrier.close();
    }
}

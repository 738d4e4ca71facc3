package io.miniplane.server.platform.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks at the queues, in the database and at the broker: how full they are, how far they are settled, and what the broker has lost. */
final class QueueWatch {

    private static final Logger LOG = LogManager.getLogger(QueueWatch.class);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final Sources sources;
    private final EventMeters meters;
    private final List<String> queues;

    QueueWatch(Sources sources, EventMeters meters, List<String> queues) {
        this.sources = sources;
        this.meters = meters;
        this.queues = queues;
    }

    /** Looks once; true when there is more to settle now. */
    Mono<Boolean> look() {
        return sources.broker()
                .ready(queues)
                .timeout(ANSWER)
                .map(Answer::new)
                .onErrorReturn(new Answer(null))
                .flatMap(answer -> Mono.zip(sources.gauge().measure(), settle(answer))
                        .doOnNext(looked -> meters.set(join(looked.getT1(), looked.getT2()), answer.isThere()))
                        .map(looked -> looked.getT2().stream().anyMatch(Settled::more)));
    }

    private Mono<List<Settled>> settle(Answer answer) {
        return Flux.fromIterable(queues)
                .concatMap(queue -> sources.progress()
                        .settle(queue, answer.isEmpty(queue))
                        .doOnNext(step -> tell(queue, step.lost()))
                        .map(step -> new Settled(queue, answer.ready(queue), step.ageSeconds(), step.more())))
                .collectList();
    }

    private static void tell(String queue, long lost) {
        if (lost > 0) {
            LOG.warn("The broker had lost {} events of queue {}, which are handled from the database", lost, queue);
        }
    }

    private static QueueFigures join(QueueFigures database, List<Settled> settled) {
        Map<String, QueueFigures.Queue> known =
                database.queues().stream().collect(Collectors.toMap(QueueFigures.Queue::name, Function.identity()));
        List<QueueFigures.Queue> joined = new ArrayList<>();
        settled.forEach(at -> {
            QueueFigures.Queue here = known.remove(at.queue());
            joined.add(
                    here == null
                            ? new QueueFigures.Queue(at.queue(), at.ready(), at.ageSeconds(), 0)
                            : new QueueFigures.Queue(
                                    at.queue(),
                                    here.ready() + at.ready(),
                                    Math.max(here.oldestAgeSeconds(), at.ageSeconds()),
                                    here.dead()));
        });
        joined.addAll(known.values());
        return new QueueFigures(database.outboxAgeSeconds(), joined);
    }

    /** Where it looks. */
    record Sources(QueueGauge gauge, QueueProgress progress, Broker broker) {}

    private record Settled(String queue, long ready, double ageSeconds, boolean more) {}

    private record Answer(@Nullable Map<String, Long> counts) {

        boolean isThere() {
            return counts != null;
        }

        long ready(String queue) {
            return counts == null ? 0 : counts.getOrDefault(queue, 0L);
        }

        /** What is not known is not empty. */
        boolean isEmpty(String queue) {
            return counts != null && ready(queue) == 0;
        }
    }
}

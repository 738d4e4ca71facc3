package io.miniplane.operator.signals;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How many events wait over all queues of a backend. */
public sealed interface QueueLength {

    /**
     * So many.
     *
     * @param ready events that wait for a worker
     */
    record Known(long ready) implements QueueLength {}

    /**
     * Nobody can say, which is not the same as none.
     *
     * @param problem why, in a sentence for people without its full stop
     */
    record Unknown(String problem) implements QueueLength {

        /** The same in a sentence that names the backend. */
        public String of(String backend) {
            return "The queues of backend %s can't be counted: %s".formatted(backend, problem);
        }
    }

    /** Puts together what pods tell. All see the same queues, so the highest figure of each queue counts. */
    static QueueLength of(List<PodReading> readings) {
        var queues = new TreeMap<String, PodSignals.Queue>();
        readings.stream()
                .flatMap(reading -> reading.signals().stream())
                .flatMap(signals -> signals.queues().stream())
                .forEach(queue -> queues.merge(queue.name(), queue, QueueLength::higher));
        if (queues.isEmpty()) {
            return new Unknown(silence(readings));
        }
        return queues.values().stream()
                .filter(queue -> queue.ready() == null)
                .findFirst()
                .<QueueLength>map(
                        queue -> new Unknown("Queue %s can't be read: %s".formatted(queue.name(), queue.problem())))
                .orElseGet(() -> new Known(queues.values().stream()
                        .mapToLong(queue -> ready(queue.ready()))
                        .sum()));
    }

    private static PodSignals.Queue higher(PodSignals.Queue one, PodSignals.Queue other) {
        return one.ready() == null || (other.ready() != null && other.ready() > one.ready()) ? other : one;
    }

    private static long ready(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static String silence(List<PodReading> readings) {
        return readings.stream()
                .filter(reading -> reading.answer() == null)
                .findFirst()
                .map(reading -> "No pod that handles events could be read; of pod %s is known: %s"
                        .formatted(reading.pod(), reading.problem()))
                .orElse("There is no pod that handles events");
    }
}

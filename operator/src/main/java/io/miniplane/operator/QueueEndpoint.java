package io.miniplane.operator;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.operator.signals.QueueLength;
import java.util.Map;
import java.util.function.Function;

/** Tells KEDA how many events wait: {@code /queues/NAMESPACE/BACKEND}. What can't be read is an error, never 0. */
final class QueueEndpoint {

    static final String PATH = "/queues/";

    private final Function<String, Map<String, QueueLength>> queues;

    /** @param queues the queue lengths of the backends of a namespace, by their names */
    QueueEndpoint(Function<String, Map<String, QueueLength>> queues) {
        this.queues = queues;
    }

    /** An answer: its HTTP status and its JSON. */
    record Answer(int status, String json) {}

    Answer get(String path) {
        String[] names = path.substring(PATH.length()).split("/", -1);
        QueueLength length = names.length == 2 ? queues.apply(names[0]).get(names[1]) : null;
        return switch (length) {
            case null -> problem(404, "There is no such backend: ask for " + PATH + "NAMESPACE/NAME");
            case QueueLength.Known(long ready) -> new Answer(200, Serialization.asJson(Map.of("ready", ready)));
            case QueueLength.Unknown unknown -> problem(503, unknown.of(names[1]));
        };
    }

    private static Answer problem(int status, String problem) {
        return new Answer(status, Serialization.asJson(Map.of("problem", problem)));
    }
}

package io.miniplane.operator.metrics;

import io.miniplane.operator.signals.QueueLength;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The API group {@code external.metrics.k8s.io/v1beta1}: what it answers to each path. A value that can't be read is an error, never 0. */
final class ExternalMetricsApi {

    /** The only metric there is: events that wait for a worker, over all queues of a backend. */
    static final String METRIC = "miniplane_queue_messages_ready";

    static final String GROUP = "external.metrics.k8s.io";
    static final String VERSION = "v1beta1";

    private static final String GROUP_VERSION = GROUP + "/" + VERSION;
    private static final String ROOT = "/apis/" + GROUP_VERSION;
    private static final Map<String, Object> SERVED_VERSION = Map.of("groupVersion", GROUP_VERSION, "version", VERSION);
    private static final Map<String, Object> API_GROUP = Map.of(
            "kind",
            "APIGroup",
            "apiVersion",
            "v1",
            "name",
            GROUP,
            "versions",
            List.of(SERVED_VERSION),
            "preferredVersion",
            SERVED_VERSION);

    private final Function<String, Map<String, QueueLength>> queues;
    private final InstantSource clock;

    /** @param queues the queue lengths of the backends of a namespace, by their names */
    ExternalMetricsApi(Function<String, Map<String, QueueLength>> queues, InstantSource clock) {
        this.queues = queues;
        this.clock = clock;
    }

    /** An answer: its HTTP status and what its body says in JSON. */
    record Answer(int status, Map<String, Object> body) {}

    /**
     * Answers a GET.
     *
     * @param path decoded
     * @param labelSelector empty for all
     */
    Answer get(String path, String labelSelector) {
        return switch (path) {
            case "/apis" ->
                new Answer(200, Map.of("kind", "APIGroupList", "apiVersion", "v1", "groups", List.of(API_GROUP)));
            case "/apis/" + GROUP -> new Answer(200, API_GROUP);
            case ROOT -> new Answer(200, resources());
            default -> metric(path.split("/", -1), labelSelector);
        };
    }

    /** A refusal as Kubernetes words it. */
    static Answer refusal(int status, String reason, String message) {
        return new Answer(
                status,
                Map.of(
                        "kind",
                        "Status",
                        "apiVersion",
                        "v1",
                        "metadata",
                        Map.of(),
                        "status",
                        "Failure",
                        "reason",
                        reason,
                        "message",
                        message,
                        "code",
                        status));
    }

    private static Map<String, Object> resources() {
        return Map.of(
                "kind",
                "APIResourceList",
                "apiVersion",
                "v1",
                "groupVersion",
                GROUP_VERSION,
                "resources",
                List.of(Map.of(
                        "name",
                        METRIC,
                        "singularName",
                        "",
                        "namespaced",
                        true,
                        "kind",
                        "ExternalMetricValueList",
                        "verbs",
                        List.of("get"))));
    }

    /** {@code /apis/GROUP/VERSION/namespaces/NAMESPACE/METRIC}. */
    private Answer metric(String[] path, String labelSelector) {
        if (path.length != 7 || !String.join("/", path).startsWith(ROOT + "/namespaces/")) {
            return refusal(404, "NotFound", "There is no such path");
        }
        if (!path[6].equals(METRIC)) {
            return refusal(404, "NotFound", "There is no metric " + path[6] + ": the only one is " + METRIC);
        }
        try {
            return values(path[5], LabelSelector.parse(labelSelector));
        } catch (IllegalArgumentException e) {
            return refusal(400, "BadRequest", "labelSelector can't be read: " + e.getMessage());
        }
    }

    private Answer values(String namespace, LabelSelector selector) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var items = new ArrayList<Map<String, Object>>();
        for (var backend : new TreeMap<>(queues.apply(namespace)).entrySet()) {
            Map<String, String> labels = Map.of("namespace", namespace, "backend", backend.getKey());
            if (selector.test(labels)) {
                switch (backend.getValue()) {
                    case QueueLength.Known(long ready) -> items.add(item(labels, ready, now));
                    case QueueLength.Unknown unknown -> {
                        return refusal(503, "ServiceUnavailable", unknown.of(backend.getKey()));
                    }
                }
            }
        }
        return items.isEmpty()
                ? refusal(404, "NotFound", "No backend in namespace %s has these labels".formatted(namespace))
                : new Answer(
                        200,
                        Map.of(
                                "kind",
                                "ExternalMetricValueList",
                                "apiVersion",
                                GROUP_VERSION,
                                "metadata",
                                Map.of(),
                                "items",
                                items));
    }

    private static Map<String, Object> item(Map<String, String> labels, long ready, Instant now) {
        return Map.of(
                "metricName",
                METRIC,
                "metricLabels",
                labels,
                "timestamp",
                now.toString(),
                "value",
                Long.toString(ready));
    }
}

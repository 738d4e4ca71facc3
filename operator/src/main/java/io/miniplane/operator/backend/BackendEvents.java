package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people what happened to a backend, in its events; the same thing at most once in ten minutes. */
final class BackendEvents {

    private static final Logger LOG = LoggerFactory.getLogger(BackendEvents.class);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final int REMEMBERED = 10_000;
    private static final int LONGEST_NOTE = 1000;

    private final KubernetesClient client;
    private final Clock clock;
    private final String instance;
    private final Map<String, Instant> told = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param instance name of this process, which events show as their source */
    BackendEvents(KubernetesClient client, Clock clock, String instance) {
        this.client = client;
        this.clock = clock;
        this.instance = instance;
    }

    /** Something went as it should. */
    void normal(HasMetadata backend, String reason, String note) {
        write(backend, "Normal", reason, note);
    }

    /** Something needs a person. */
    void warning(HasMetadata backend, String reason, String note) {
        write(backend, "Warning", reason, note);
    }

    private void write(HasMetadata backend, String type, String reason, String note) {
        Instant now = clock.instant();
        if (!isNews(backend.getMetadata().getUid() + "|" + reason + "|" + note, now)) {
            return;
        }
        var event = new EventBuilder()
                .withNewMetadata()
                .withGenerateName(backend.getMetadata().getName() + "-")
                .withNamespace(backend.getMetadata().getNamespace())
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(now)))
                .withReportingController("miniplane.io/operator")
                .withReportingInstance(instance)
                .withAction("Reconcile")
                .withType(type)
                .withReason(reason)
                .withNote(note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) : note)
                .withRegarding(reference(backend))
                .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            LOG.warn("An event could not be written: {}", ApiFailure.describe(e));
        }
    }

    private synchronized boolean isNews(String what, Instant now) {
        Instant before = told.get(what);
        if (before != null && before.plus(QUIET).isAfter(now)) {
            return false;
        }
        told.remove(what);
        told.put(what, now);
        return true;
    }

    private static ObjectReference reference(HasMetadata backend) {
        return new ObjectReferenceBuilder()
                .withApiVersion(backend.getApiVersion())
                .withKind(backend.getKind())
                .withNamespace(backend.getMetadata().getNamespace())
                .withName(backend.getMetadata().getName())
                .withUid(backend.getMetadata().getUid())
                .build();
    }
}

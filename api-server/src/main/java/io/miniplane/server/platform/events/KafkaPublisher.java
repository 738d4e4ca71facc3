package io.miniplane.server.platform.events;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Publishes with one idempotent producer: all replicas in sync have a record before it counts. After a failure the producer is thrown away with what
 * it still holds, lest that comes after what is published later.
 */
final class KafkaPublisher {

    private static final int BLOCKED_MILLIS = 2000;
    private static final int REQUEST_MILLIS = 2500;
    private static final int DELIVERY_MILLIS = 3500;
    private static final int LINGER_MILLIS = 2;
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final KafkaTopics topics;
    private final String source;
    private final Map<String, Object> client;
    private final Scheduler thread;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private volatile boolean isMade;

    /**
     * @param source what CloudEvents calls the source
     * @param client how a client connects
     * @param thread where the producer may block, one thread
     */
    KafkaPublisher(KafkaTopics topics, String source, Map<String, Object> client, Scheduler thread) {
        this.topics = topics;
        this.source = source;
        this.client = settings(client);
        this.thread = thread;
    }

    Mono<Void> publish(List<OutgoingEvent> events) {
        List<ProducerRecord<byte[], byte[]>> records =
                events.stream().map(this::message).toList();
        return send(records);
    }

    /** Keeps a record that cannot be read, with the reason and where it came from. */
    Mono<Void> putAside(ConsumerRecord<byte[], byte[]> unreadable, String queue, String reason) {
        ProducerRecord<byte[], byte[]> kept =
                new ProducerRecord<>(topics.deadLetters(), unreadable.key(), unreadable.value());
        unreadable.headers().forEach(kept.headers()::add);
        add(kept.headers(), "miniplane-reason", reason);
        add(kept.headers(), "miniplane-queue", queue);
        add(kept.headers(), "miniplane-topic", unreadable.topic());
        add(kept.headers(), "miniplane-partition", Integer.toString(unreadable.partition()));
        add(kept.headers(), "miniplane-offset", Long.toString(unreadable.offset()));
        return send(List.of(kept));
    }

    Mono<Void> close() {
        return Mono.<Void>fromRunnable(() -> throwAway(CLOSING)).subscribeOn(thread);
    }

    private Mono<Void> send(List<ProducerRecord<byte[], byte[]>> records) {
        Mono<Void> topicsMade =
                Mono.defer(() -> isMade ? Mono.empty() : topics.make()).doOnSuccess(made -> isMade = true);
        return topicsMade.then(Mono.<Void>create(sink -> send(records, sink)).subscribeOn(thread));
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records, MonoSink<Void> sink) {
        Batch batch = new Batch(records.size(), sink);
        sink.onCancel(() -> {
            if (batch.isEndedNow()) {
                thread.schedule(this::failed);
            }
        });
        try {
            KafkaProducer<byte[], byte[]> open = connected();
            for (ProducerRecord<byte[], byte[]> record : records) {
                if (batch.isUnderWay()) {
                    Future<RecordMetadata> _ = open.send(record, (at, error) -> batch.answered(error));
                }
            }
        } catch (RuntimeException refused) {
            batch.answered(refused);
        }
    }

    private KafkaProducer<byte[], byte[]> connected() {
        KafkaProducer<byte[], byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
            producer = open;
        }
        return open;
    }

    private void failed() {
        isMade = false;
        throwAway(Duration.ZERO);
    }

    private void throwAway(Duration patience) {
        KafkaProducer<byte[], byte[]> open = producer;
        producer = null;
        if (open != null) {
            open.close(patience);
        }
    }

    private ProducerRecord<byte[], byte[]> message(OutgoingEvent outgoing) {
        DomainEvent event = outgoing.event();
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topics.events(), key(event.aggregate()), outgoing.bytes());
        add(message.headers(), "content-type", EventAttributes.contentType(event));
        add(message.headers(), KafkaBroker.QUEUES, String.join(",", outgoing.queues()));
        EventAttributes.of(outgoing, source)
                .forEach((name, value) -> add(message.headers(), KafkaBroker.HEADER + name, value));
        return message;
    }

    private static byte[] key(DomainEvent.Aggregate aggregate) {
        return (aggregate.type() + "/" + aggregate.id()).getBytes(StandardCharsets.UTF_8);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> settings(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKED_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        return settings;
    }

    /** Waits for the answers to all records; the first error ends it. */
    private final class Batch {

        private final MonoSink<Void> sink;
        private final AtomicInteger open;

        private Batch(int size, MonoSink<Void> sink) {
            this.sink = sink;
            this.open = new AtomicInteger(size);
        }

        private boolean isUnderWay() {
            return open.get() > 0;
        }

        private boolean isEndedNow() {
            return open.getAndSet(0) > 0;
        }

        private void answered(@Nullable Exception error) {
            if (error != null) {
                if (isEndedNow()) {
                    thread.schedule(KafkaPublisher.this::failed);
                    sink.error(error);
                }
            } else if (open.decrementAndGet() == 0) {
                sink.success();
            }
        }
    }
}

package io.miniplane.server.platform.events;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Reads the events of one queue, which is a consumer group, on a thread of its own. Offsets are committed only up to what is acknowledged; while as
 * many records as allowed are in hand, the partitions rest.
 */
final class KafkaConsumption {

    private static final Logger LOG = LogManager.getLogger(KafkaConsumption.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private static final Duration GLANCE = Duration.ofMillis(5);
    private static final Retry UNTIL_IT_WORKS =
            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500)).maxBackoff(Duration.ofSeconds(5));

    private final Subscription subscription;
    private final KafkaTopics topics;
    private final Map<String, Object> client;
    private final Aside aside;
    private final int batch;
    private final KafkaOffsets offsets = new KafkaOffsets();
    private final Sinks.Many<Delivery> deliveries = Sinks.many().unicast().onBackpressureBuffer();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private final Thread thread;
    private final Disposable.Swap preparing = Disposables.swap();
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean isCancelled;
    private volatile boolean isStopping;
    private boolean isFailing;
    private long committedAt;

    KafkaConsumption(Subscription subscription, KafkaTopics topics, Map<String, Object> client, Aside aside) {
        this.subscription = subscription;
        this.topics = topics;
        this.batch = Math.max(1, subscription.prefetch() / 2);
        this.client = settings(client, topics.group(subscription.queue()), batch);
        this.aside = aside;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("kafka-" + subscription.queue())
                .unstarted(this::read);
    }

    /** The deliveries; reading begins with the subscription, once the topics are there. */
    Flux<Delivery> deliveries() {
        return deliveries
                .asFlux()
                .doOnSubscribe(begun -> preparing.update(
                        topics.make().retryWhen(UNTIL_IT_WORKS).subscribe(made -> {}, lost -> {}, thread::start)))
                .doOnCancel(() -> isCancelled = true);
    }

    /** Stops reading, gives the partitions back and completes when that is done. */
    Mono<Void> stop() {
        isStopping = true;
        preparing.dispose();
        wake();
        return thread.isAlive() ? ended.asMono() : Mono.empty();
    }

    private void read() {
        while (!isStopping) {
            try {
                readWithOneConsumer();
            } catch (RuntimeException lost) {
                fail(lost);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        ended.tryEmitEmpty();
    }

    private void readWithOneConsumer() {
        offsets.forget();
        KafkaConsumer<byte[], byte[]> open =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer = open;
            open.subscribe(List.of(topics.events()), new Rebalancing(open));
            while (!isStopping) {
                readSome(open);
            }
        } finally {
            consumer = null;
            open.close(CloseOptions.timeout(GOODBYE));
        }
    }

    private void readSome(KafkaConsumer<byte[], byte[]> open) {
        if (isFull()) {
            open.pause(open.assignment());
        } else {
            open.resume(open.paused());
        }
        try {
            open.poll(POLL).forEach(this::take);
            open.assignment().stream()
                    .filter(partition -> !offsets.isBegun(partition))
                    .forEach(partition -> offsets.begin(partition, open.position(partition, LOOK)));
            succeeded();
        } catch (WakeupException thereIsRoom) {
            LOG.trace("Queue {} goes on", subscription.queue());
        } catch (TimeoutException later) {
            LOG.debug("Kafka has not told yet where queue {} stands", subscription.queue());
        }
        commitSometimes(open);
    }

    /** Whether one more batch would be too much. */
    private boolean isFull() {
        return isCancelled || offsets.inHand() > subscription.prefetch() - batch;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (!isMeant(record)) {
            offsets.pass(partition, record.offset());
            return;
        }
        KafkaOffsets.Held held = offsets.take(partition, record.offset());
        Runnable receipt = () -> acknowledge(held);
        try {
            deliveries.tryEmitNext(EventAttributes.read(attributes(record), receipt));
        } catch (UnreadableEventException unreadable) {
            LOG.warn("A record of {} at offset {} is no event and is put aside", partition, record.offset());
            aside.put(record, String.valueOf(unreadable.getMessage()))
                    .retryWhen(UNTIL_IT_WORKS)
                    .subscribe(put -> {}, lost -> {}, receipt);
        }
    }

    /** Whether the event was published for this queue; what names no queue is nobody's event and looked at by everybody. */
    private boolean isMeant(ConsumerRecord<byte[], byte[]> record) {
        Header queues = record.headers().lastHeader(KafkaBroker.QUEUES);
        return queues == null || Arrays.asList(text(queues).split(",", -1)).contains(subscription.queue());
    }

    private void acknowledge(KafkaOffsets.Held held) {
        if (held.acknowledge() == subscription.prefetch() - batch) {
            wake();
        }
    }

    private void wake() {
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }

    private void commitSometimes(KafkaConsumer<byte[], byte[]> open) {
        long now = System.nanoTime();
        if (now - committedAt >= POLL.toNanos()) {
            committedAt = now;
            Map<TopicPartition, OffsetAndMetadata> done = offsets.toCommit();
            if (!done.isEmpty()) {
                open.commitAsync(done, (told, error) -> {
                    if (error != null) {
                        offsets.untold();
                    }
                });
            }
        }
    }

    private void succeeded() {
        if (isFailing) {
            isFailing = false;
            LOG.info("Queue {} is read from Kafka again", subscription.queue());
        }
    }

    private void fail(RuntimeException lost) {
        if (!isFailing) {
            isFailing = true;
            LOG.warn(
                    "Queue {} cannot be read from Kafka, which is tried again: {}",
                    subscription.queue(),
                    lost.getClass().getName());
        }
    }

    private static Map<String, String> attributes(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> attributes = new HashMap<>();
        record.headers().forEach(header -> {
            if (header.key().startsWith(KafkaBroker.HEADER) && header.value() != null) {
                attributes.put(header.key().substring(KafkaBroker.HEADER.length()), text(header));
            }
        });
        return attributes;
    }

    private static String text(Header header) {
        return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> settings(Map<String, Object> client, String group, int batch) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(CooperativeStickyAssignor.class));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        return settings;
    }

    /** Keeps a record that cannot be read. */
    @FunctionalInterface
    interface Aside {

        Mono<Void> put(ConsumerRecord<byte[], byte[]> unreadable, String reason);
    }

    /**
     * What is read.
     *
     * @param queue for which queue
     * @param prefetch how many records may be in hand
     */
    record Subscription(String queue, int prefetch) {}

    /** Before a partition is given away, what is in hand of it may be finished, so that it does not come again elsewhere. */
    private final class Rebalancing implements ConsumerRebalanceListener {

        private final KafkaConsumer<byte[], byte[]> open;

        private Rebalancing(KafkaConsumer<byte[], byte[]> open) {
            this.open = open;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (isFull()) {
                open.pause(partitions);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            long latest = System.nanoTime() + GOODBYE.toNanos();
            while (!isStopping && !offsets.areDone(partitions) && System.nanoTime() < latest) {
                LockSupport.parkNanos(GLANCE.toNanos());
            }
            commit();
            offsets.end(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            offsets.end(partitions);
        }

        private void commit() {
            offsets.untold();
            Map<TopicPartition, OffsetAndMetadata> done = offsets.toCommit();
            try {
                open.commitSync(done, GOODBYE);
            } catch (WakeupException woken) {
                open.commitSync(done, GOODBYE);
            } catch (KafkaException lost) {
                LOG.debug("Some records of queue {} come again: {}", subscription.queue(), lost.toString());
            }
        }
    }
}

package io.miniplane.server.platform.events;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What there is at Kafka: a topic with the events of all queues, partitioned by aggregate, a topic for what cannot be read, and a consumer group per
 * queue. Everything begins with the AppID, so that backends can share a cluster.
 */
final class KafkaTopics {

    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final int REQUEST_MILLIS = 2000;
    private static final int ANSWER_MILLIS = 2500;

    private final String prefix;
    private final int partitions;
    private final Map<String, Object> client;
    private final Scheduler thread;
    private @Nullable Admin admin;

    /**
     * @param client how a client connects
     * @param thread where a client is made, which may look names up
     */
    KafkaTopics(String appId, int partitions, Map<String, Object> client, Scheduler thread) {
        this.prefix = "miniplane." + appId + ".";
        this.partitions = partitions;
        this.client = new HashMap<>(client);
        this.client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        this.client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        this.thread = thread;
    }

    String events() {
        return prefix + "events";
    }

    String deadLetters() {
        return prefix + "dead-letters";
    }

    String group(String queue) {
        return prefix + queue;
    }

    /** Makes the topics that are not there, with as many replicas as the cluster gives by itself. */
    Mono<Void> make() {
        return described(deadLetters())
                .then(described(events()))
                .then()
                .onErrorResume(UnknownTopicOrPartitionException.class, missing -> create());
    }

    /** How many records each queue is behind; nothing for a queue that has no group. */
    Mono<Map<String, Long>> lag(List<String> queues) {
        return described(events())
                .flatMap(topic -> Mono.zip(
                        offsets(topic, OffsetSpec.earliest()), offsets(topic, OffsetSpec.latest()), committed(queues)))
                .map(read -> queues.stream()
                        .collect(Collectors.toMap(
                                queue -> queue,
                                queue -> behind(
                                        read.getT1(), read.getT2(), read.getT3().getOrDefault(queue, Map.of())))))
                .onErrorResume(UnknownTopicOrPartitionException.class, none -> Mono.just(Map.of()));
    }

    /** Disconnects. */
    Mono<Void> close() {
        return Mono.<Void>fromRunnable(() -> {
                    Admin open = admin;
                    if (open != null) {
                        open.close(CLOSING);
                    }
                })
                .subscribeOn(thread);
    }

    private static long behind(
            Map<TopicPartition, Long> first, Map<TopicPartition, Long> end, Map<TopicPartition, Long> committed) {
        return committed.isEmpty()
                ? 0
                : end.entrySet().stream()
                        .mapToLong(partition -> Math.max(
                                0,
                                partition.getValue()
                                        - Math.max(
                                                committed.getOrDefault(partition.getKey(), 0L),
                                                first.getOrDefault(partition.getKey(), 0L))))
                        .sum();
    }

    private Mono<TopicDescription> described(String topic) {
        return ask(admin -> requireNonNull(
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic)));
    }

    private Mono<Void> create() {
        return Flux.just(
                        new NewTopic(events(), Optional.of(partitions), Optional.empty()),
                        new NewTopic(deadLetters(), Optional.of(1), Optional.empty()))
                .concatMap(topic -> ask(admin -> requireNonNull(
                                admin.createTopics(List.of(topic)).values().get(topic.name())))
                        .onErrorComplete(TopicExistsException.class))
                .then();
    }

    private Mono<Map<TopicPartition, Long>> offsets(TopicDescription topic, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = topic.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic.name(), partition.partition()), partition -> which));
        return ask(admin -> admin.listOffsets(asked).all())
                .map(offsets -> offsets.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, found -> offset(found.getValue()))));
    }

    private static long offset(ListOffsetsResultInfo found) {
        return found.offset();
    }

    private Mono<Map<String, Map<TopicPartition, Long>>> committed(List<String> queues) {
        Map<String, ListConsumerGroupOffsetsSpec> asked =
                queues.stream().collect(Collectors.toMap(this::group, queue -> new ListConsumerGroupOffsetsSpec()));
        return ask(admin -> admin.listConsumerGroupOffsets(asked).all())
                .map(groups -> queues.stream()
                        .collect(Collectors.toMap(
                                queue -> queue, queue -> known(groups.getOrDefault(group(queue), Map.of())))));
    }

    private static Map<TopicPartition, Long> known(Map<TopicPartition, @Nullable OffsetAndMetadata> offsets) {
        Map<TopicPartition, Long> known = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            if (offset != null) {
                known.put(partition, offset.offset());
            }
        });
        return known;
    }

    private <T> Mono<T> ask(Question<T> question) {
        return Mono.defer(
                        () -> Mono.fromCompletionStage(question.put(connected()).toCompletionStage()))
                .onErrorMap(CompletionException.class, KafkaTopics::cause)
                .subscribeOn(thread);
    }

    private static Throwable cause(CompletionException wrapped) {
        return wrapped.getCause() == null ? wrapped : wrapped.getCause();
    }

    /** On the thread only. */
    private Admin connected() {
        Admin open = admin;
        if (open == null) {
            open = Admin.create(client);
            admin = open;
        }
        return open;
    }

    private interface Question<T> {

        KafkaFuture<T> put(Admin admin);
    }
}

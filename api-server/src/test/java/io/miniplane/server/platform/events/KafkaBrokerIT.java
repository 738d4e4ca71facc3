package io.miniplane.server.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.KafkaServer;
import io.miniplane.simulator.SimulatorOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaBrokerIT extends RemoteBrokerContract {

    private static final String PREFIX = "miniplane." + SimulatorOptions.TRIAL_APP_ID + ".";
    private static final String EVENTS = PREFIX + "events";
    private static final String DEAD_LETTERS = PREFIX + "dead-letters";

    private KafkaServer kafka;

    @BeforeEach
    void startKafka() {
        kafka = KafkaServer.running();
    }

    @AfterEach
    void restartKafka() {
        kafka.start();
    }

    @Test
    void whenAWorkerComesOrGoesTheOthersShareItsPartsAndNothingIsLostOrDoneTwice() {
        Api one = server("--miniplane.events.attempts=100");
        writeMany(one, 100, 20, 1_000_000);
        Api two = server("--miniplane.events.attempts=100");
        writeMany(one, 100, 20, 2_000_000);
        await().atMost(PATIENCE)
                .until(() -> backend.rows("SELECT * FROM effects").size() > 150);
        one.context().close();
        writeMany(two, 100, 20, 3_000_000);
        awaitEffects(600);
        assertOrderAndNothingTwice();
    }

    @Test
    void theEventsOfAnAggregateAreInOnePartition() {
        Api server = server();
        writeMany(server, 40, 4, 0);
        awaitEffects(80);
        Map<String, List<Integer>> partitions = new HashMap<>();
        records(EVENTS).stream()
                .filter(record -> record.key() != null)
                .forEach(record -> partitions
                        .computeIfAbsent(new String(record.key(), StandardCharsets.UTF_8), first -> new ArrayList<>())
                        .add(record.partition()));
        assertThat(partitions).containsKeys("trial/many-0", "trial/many-3");
        assertThat(partitions.values())
                .allSatisfy(places -> assertThat(places.stream().distinct()).hasSize(1));
    }

    @Test
    void whyARecordWasPutAsideStandsInItsHeaders() {
        Api server = server();
        write(server, event("a", 1));
        awaitEffects(2);
        long before = putAside();
        sendForeign("trial.first");
        await().atMost(PATIENCE).until(() -> putAside() == before + 1);
        ConsumerRecord<byte[], byte[]> kept = records(DEAD_LETTERS).getLast();
        assertThat(header(kept, "miniplane-reason")).contains("CloudEvent");
        assertThat(header(kept, "miniplane-queue")).isEqualTo("trial.first");
        assertThat(header(kept, "miniplane-topic")).isEqualTo(EVENTS);
        assertThat(header(kept, "miniplane-offset")).matches("\\d+");
        assertThat(new String(kept.value(), StandardCharsets.UTF_8)).isEqualTo("{}");
    }

    @Test
    void aBacklogIsSeenAsReadyMessages() {
        Api server = server("--miniplane.events.concurrency=1");
        writeMany(server, 300, 100, 1_000_000);
        await().atMost(PATIENCE).until(() -> metric(server, "miniplane_queue_messages_ready", "trial.first") > 50);
        awaitEffects(600);
        await().atMost(PATIENCE).until(() -> metric(server, "miniplane_queue_messages_ready", "trial.first") == 0);
    }

    @Test
    void aNameAndAPasswordAreToldWhereKafkaAsksForThem() {
        Api server = server(
                "--miniplane.messaging.bootstrap-servers=" + kafka.guardedServers(),
                "--miniplane.messaging.username=" + KafkaServer.USER,
                "--miniplane.messaging.password=" + KafkaServer.PASSWORD,
                "--miniplane.messaging.kafka.tls=false");
        DomainEvent event = event("a", 1);
        write(server, event);
        await().atMost(PATIENCE).until(() -> effects(event.id()) == 2);
        assertThat(metric(server, "miniplane_broker_connected", "")).isEqualTo(1);
    }

    @Override
    List<String> broker() {
        return List.of(
                "--miniplane.messaging.broker=Kafka",
                "--miniplane.messaging.bootstrap-servers=" + kafka.bootstrapServers());
    }

    @Override
    void killBroker() {
        kafka.kill();
    }

    @Override
    void startBroker() {
        kafka.start();
    }

    @Override
    void wipeBroker() {
        kafka.wipe();
    }

    @Override
    void sendForeign(String queue) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> foreign =
                    new ProducerRecord<>(EVENTS, "{}".getBytes(StandardCharsets.UTF_8));
            foreign.headers().add("miniplane-queues", queue.getBytes(StandardCharsets.UTF_8));
            producer.send(foreign).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    long putAside() {
        return ends(DEAD_LETTERS).values().stream().mapToLong(offset -> offset).sum();
    }

    @Override
    Tap tap(String type) {
        Map<TopicPartition, Long> from = ends(EVENTS);
        return () -> {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                consumer.assign(from.keySet());
                from.forEach(consumer::seek);
                return await().atMost(PATIENCE)
                        .until(() -> first(consumer, type), found -> !found.isEmpty())
                        .getFirst();
            }
        };
    }

    private static List<Message> first(KafkaConsumer<byte[], byte[]> consumer, String type) {
        List<Message> found = new ArrayList<>();
        consumer.poll(Duration.ofMillis(500)).forEach(record -> {
            Map<String, String> attributes = new HashMap<>();
            record.headers().forEach(header -> {
                if (header.key().startsWith("ce_")) {
                    attributes.put(header.key().substring(3), new String(header.value(), StandardCharsets.UTF_8));
                }
            });
            if (type.equals(attributes.get("type"))) {
                found.add(new Message(attributes, new String(record.value(), StandardCharsets.ISO_8859_1)));
            }
        });
        return found;
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Map<TopicPartition, Long> ends = ends(topic);
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(500)).forEach(records::add);
                return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            });
            return records;
        }
    }

    private Map<TopicPartition, Long> ends(String topic) {
        try (Admin admin = Admin.create(client())) {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .forEach(partition ->
                            asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(asked).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}

package io.miniplane.server.platform.events;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Kafka. What blocks has threads of its own: one that publishes, one that asks, one that polls for each queue. There are no retry topics, which would
 * break the order per aggregate: what fails is put aside in the database, as with every broker. Nor are there Kafka transactions: what a record that
 * comes twice must not do, the inbox prevents.
 */
final class KafkaBroker implements Broker {

    /** The prefix of attributes among the headers, by the Kafka binding of CloudEvents. */
    static final String HEADER = "ce_";

    /** The header that names the queues which wanted the event when it was published; the others pass it over. */
    static final String QUEUES = "miniplane-queues";

    private static final int RECONNECT_MILLIS = 250;
    private static final int LONGEST_RECONNECT_MILLIS = 2000;

    private final ExecutorService publishing = thread("kafka-publishing");
    private final ExecutorService asking = thread("kafka-asking");
    private final Map<String, Object> client;
    private final KafkaTopics topics;
    private final KafkaPublisher publisher;
    private final Consumer<String> unreadable;
    private final List<KafkaConsumption> consumptions = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isPublishing = new AtomicBoolean();

    /**
     * @param settings where it is and how it is spoken to
     * @param appId whose events it carries
     * @param unreadable is told the queue of each record that is no event
     */
    KafkaBroker(MessagingSettings settings, String appId, Consumer<String> unreadable) {
        this.client = client(settings);
        this.topics = new KafkaTopics(appId, settings.kafka().partitions(), client, on(asking));
        this.publisher = new KafkaPublisher(topics, "/miniplane/" + appId, client, on(publishing));
        this.unreadable = unreadable;
    }

    @Override
    public void start() {
        // Each client connects when it is first needed, and again whenever it must.
    }

    @Override
    public Mono<Void> stop() {
        return Flux.fromIterable(consumptions)
                .flatMap(KafkaConsumption::stop)
                .then(publisher.close())
                .then(topics.close())
                .doFinally(end -> {
                    publishing.shutdown();
                    asking.shutdown();
                });
    }

    @Override
    public Mono<Void> publish(List<OutgoingEvent> events) {
        return Mono.defer(() -> isPublishing.compareAndSet(false, true)
                ? publisher.publish(events).publishOn(Schedulers.parallel()).doFinally(end -> isPublishing.set(false))
                : Mono.error(new BrokerAwayException("Kafka has not answered to the batch before")));
    }

    @Override
    public Flux<Delivery> consume(String queue, Set<String> types, int prefetch) {
        return Flux.defer(() -> {
            KafkaConsumption consumption = new KafkaConsumption(
                    new KafkaConsumption.Subscription(queue, prefetch), topics, client, aside(queue));
            consumptions.add(consumption);
            return consumption.deliveries();
        });
    }

    @Override
    public String system() {
        return "kafka";
    }

    @Override
    public String destination(String type) {
        return topics.events();
    }

    @Override
    public Mono<Map<String, Long>> ready(Collection<String> queues) {
        return topics.lag(List.copyOf(queues)).publishOn(Schedulers.parallel());
    }

    private KafkaConsumption.Aside aside(String queue) {
        return (record, reason) ->
                publisher.putAside(record, queue, reason).doOnSuccess(kept -> unreadable.accept(queue));
    }

    private static Map<String, Object> client(MessagingSettings settings) {
        Map<String, Object> client = new HashMap<>(settings.kafka()
                .client(Objects.requireNonNull(settings.bootstrapServers()), settings.username(), settings.password()));
        client.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_MILLIS);
        client.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_RECONNECT_MILLIS);
        client.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        client.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return client;
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    private static Scheduler on(ExecutorService thread) {
        return Schedulers.fromExecutorService(thread);
    }
}

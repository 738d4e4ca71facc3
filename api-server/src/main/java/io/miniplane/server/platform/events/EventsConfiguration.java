package io.miniplane.server.platform.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.propagation.Propagator;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.crypto.EncryptedTable;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.tracing.RecentFailures;
import io.r2dbc.spi.ConnectionFactories;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.scheduler.Schedulers;

/** Puts the carrying of events together. */
@Configuration(proxyBeanMethods = false)
class EventsConfiguration {

    private static final int WAITING_FOR_A_THREAD = 100_000;
    private static final Duration LATE_COMMIT = Duration.ofSeconds(30);

    @Bean
    Wakes wakes(DatabaseClient database) {
        return new Wakes(database);
    }

    @Bean
    PostgresOutbox outbox(DatabaseClient database, FieldCipher cipher, Wakes wakes) {
        return new PostgresOutbox(database, cipher, wakes);
    }

    @Bean
    EncryptedTable encryptedEvents() {
        return EncryptedTable.of("outbox", "id").column("sealed_data");
    }

    @Bean
    QueueGauge queueGauge(DatabaseClient database) {
        return new QueueGauge(database);
    }

    @Bean
    @Conditional(Works.class)
    Sweeper eventSweeper(DatabaseClient database, EventsSettings settings) {
        return new EventSweeper(database, settings);
    }

    /** What every worker of this process stands on. */
    @Bean
    @Conditional(Works.class)
    Ground eventGround(
            DatabaseClient database,
            R2dbcConnectionDetails connection,
            ReactiveTransactionManager transactions,
            PostgresOutbox outbox,
            Wakes wakes,
            QueueGauge gauge) {
        return new Ground(database, connection, TransactionalOperator.create(transactions), outbox, wakes, gauge);
    }

    @Bean
    @Conditional(Works.class)
    EventMeters eventMeters(MeterRegistry meters, ObjectProvider<EventHandlers> modules) {
        return new EventMeters(meters, queues(handlers(modules)), Clock.systemUTC());
    }

    @Bean(destroyMethod = "")
    @Conditional(Works.class)
    Broker eventBroker(MessagingSettings settings, AppSettings app, EventMeters meters) {
        return switch (settings.broker()) {
            case POSTGRES -> new NoBroker();
            case RABBITMQ -> new RabbitBroker(Objects.requireNonNull(settings.uri()), app.appId(), meters::unreadable);
            case KAFKA -> new KafkaBroker(settings, app.appId(), meters::unreadable);
        };
    }

    @Bean
    @Conditional(Works.class)
    EventWorker.Parts eventParts(
            EventsSettings settings,
            Ground ground,
            Broker broker,
            EventMeters meters,
            ObjectProvider<EventHandlers> modules,
            ObjectProvider<Sweeper> sweepers,
            Propagator propagator) {
        List<EventHandler> handlers = handlers(modules);
        return new EventWorker.Parts(
                handlers,
                new QueueStore(ground.database(), DomainEvent.newId(), settings.lease()),
                new Subscriptions(ground.database(), ground.transactions(), handlers),
                relay(ground, broker, new SendSpans(propagator, broker)),
                ground.wakes(),
                told -> new Notifications(
                        ConnectionFactories.get(ground.connection().getConnectionFactoryOptions()), told),
                broker,
                new QueueWatch(
                        new QueueWatch.Sources(ground.gauge(), progress(settings, ground, broker), broker),
                        meters,
                        queues(handlers)),
                sweepers.orderedStream().toList(),
                Schedulers.newBoundedElastic(
                        Math.max(1, settings.concurrency() * handlers.size()), WAITING_FOR_A_THREAD, "events"));
    }

    @Bean
    @Conditional(Works.class)
    EventWorker eventWorker(
            EventsSettings settings,
            Ground ground,
            EventWorker.Parts parts,
            ObservationRegistry observations,
            RecentFailures recent) {
        Attempts.Means means = new Attempts.Means(
                parts.store(),
                new DeliveryStore(ground.database()),
                ground.outbox(),
                ground.transactions(),
                observations,
                parts.threads(),
                parts.broker().system(),
                recent);
        Backoff backoff = new Backoff(
                settings.firstRetry(),
                settings.longestRetry(),
                () -> ThreadLocalRandom.current().nextLong());
        return new EventWorker(
                parts,
                settings,
                handler -> new QueueConsumer(
                        handler,
                        new QueueConsumer.Source(parts.store(), parts.broker()),
                        new Attempts(handler, means, settings, backoff),
                        settings));
    }

    private static Relay relay(Ground ground, Broker broker, SendSpans spans) {
        return broker instanceof NoBroker
                ? new PostgresRelay(ground.database(), spans)
                : new BrokerRelay(ground.database(), ground.transactions(), broker, spans);
    }

    /** What the relay of PostgreSQL moves is settled at once. */
    private static QueueProgress progress(EventsSettings settings, Ground ground, Broker broker) {
        return broker instanceof NoBroker
                ? new QueueProgress(ground.database(), Duration.ZERO, Duration.ZERO)
                : new QueueProgress(
                        ground.database(), settings.repairAfter(), shorter(settings.repairAfter(), LATE_COMMIT));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static List<EventHandler> handlers(ObjectProvider<EventHandlers> modules) {
        List<EventHandler> handlers = modules.orderedStream()
                .<EventHandler>flatMap(module -> module.handlers().stream())
                .toList();
        Set<String> seen = new HashSet<>();
        handlers.stream()
                .map(EventHandler::queue)
                .filter(queue -> !seen.add(queue))
                .findAny()
                .ifPresent(queue -> {
                    throw new IllegalStateException(
                            "Two event handlers have the queue " + queue + ": give each its own");
                });
        return handlers;
    }

    private static List<String> queues(List<EventHandler> handlers) {
        return handlers.stream().map(EventHandler::queue).toList();
    }

    record Ground(
            DatabaseClient database,
            R2dbcConnectionDetails connection,
            TransactionalOperator transactions,
            PostgresOutbox outbox,
            Wakes wakes,
            QueueGauge gauge) {}

    private static final class Works implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return Binder.get(context.getEnvironment())
                    .bind("miniplane.role", AppSettings.Role.class)
                    .orElse(AppSettings.Role.ALL)
                    .works();
        }
    }
}

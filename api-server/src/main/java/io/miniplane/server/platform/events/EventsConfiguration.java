package io.miniplane.server.platform.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.crypto.EncryptedTable;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.r2dbc.spi.ConnectionFactories;
import java.util.HashSet;
import java.util.List;
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
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Puts the carrying of events together. */
@Configuration(proxyBeanMethods = false)
class EventsConfiguration {

    private static final int WAITING_FOR_A_THREAD = 100_000;

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
    EventWorker eventWorker(
            EventsSettings settings,
            Ground ground,
            ObjectProvider<EventHandlers> modules,
            ObjectProvider<Sweeper> sweepers,
            MeterRegistry meters,
            ObservationRegistry observations) {
        List<EventHandler> handlers = handlers(modules);
        Scheduler threads = Schedulers.newBoundedElastic(
                Math.max(1, settings.concurrency() * handlers.size()), WAITING_FOR_A_THREAD, "events");
        QueueStore store = new QueueStore(ground.database(), DomainEvent.newId(), settings.lease());
        QueueConsumer.Means means =
                new QueueConsumer.Means(store, ground.outbox(), ground.transactions(), observations, threads);
        Backoff backoff = new Backoff(
                settings.firstRetry(),
                settings.longestRetry(),
                () -> ThreadLocalRandom.current().nextLong());
        return new EventWorker(
                parts(ground, handlers, store, new EventMeters(meters, queues(handlers)), sweepers, threads),
                settings,
                handler -> new QueueConsumer(handler, means, settings, backoff));
    }

    private static EventWorker.Parts parts(
            Ground ground,
            List<EventHandler> handlers,
            QueueStore store,
            EventMeters meters,
            ObjectProvider<Sweeper> sweepers,
            Scheduler threads) {
        return new EventWorker.Parts(
                handlers,
                store,
                new Subscriptions(ground.database(), ground.transactions(), handlers),
                new Relay(ground.database()),
                ground.wakes(),
                told -> new Notifications(
                        ConnectionFactories.get(ground.connection().getConnectionFactoryOptions()), told),
                ground.gauge(),
                meters,
                sweepers.orderedStream().toList(),
                threads);
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

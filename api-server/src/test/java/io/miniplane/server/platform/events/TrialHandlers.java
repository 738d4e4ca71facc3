package io.miniplane.server.platform.events;

import io.miniplane.server.MiniplaneServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Handlers that write down what they do in the table {@code effects}. No configuration by name, or every server of every test would find it; with a
 * main method, to be a process of its own.
 */
class TrialHandlers {

    static final String TABLE = "CREATE TABLE effects (queue text, event uuid, aggregate text, number int,"
            + " at timestamptz DEFAULT clock_timestamp())";

    /** Handled or not, in this JVM. */
    static final List<DomainEvent> SEEN = new CopyOnWriteArrayList<>();

    /** Of types that the handler does not know. */
    static final List<DomainEvent> STRANGE = new CopyOnWriteArrayList<>();

    /** Every so many attempts fail; 0 for none. */
    static volatile int failing;

    private static final AtomicInteger ATTEMPTS = new AtomicInteger();

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(MiniplaneServer.class)
                .sources(TrialHandlers.class)
                .run(arguments);
    }

    @Bean
    EventHandlers countingHandlers(DatabaseClient database) {
        return EventHandlers.of(
                new Counting(
                        "trial.first",
                        Set.of("trial.counted", "trial.personal"),
                        EventHandler.Effect.DATABASE,
                        database),
                new Counting("trial.elsewhere", Set.of("trial.counted"), EventHandler.Effect.ELSEWHERE, database));
    }

    /** A negative number always fails, and one of a million or more takes a while. */
    record Counting(String queue, Set<String> types, EventHandler.Effect effect, DatabaseClient database)
            implements EventHandler {

        private static final int SLOW = 1_000_000;

        @Override
        public Mono<Void> handle(DomainEvent event) {
            SEEN.add(event);
            if (!types.contains(event.type())) {
                STRANGE.add(event);
            }
            int number = event.isPersonal() ? 0 : Integer.parseInt(event.data());
            int every = failing;
            boolean fails = number < 0 || (every > 0 && ATTEMPTS.incrementAndGet() % every == 0);
            Mono<Void> written = fails && effect == Effect.ELSEWHERE ? Mono.empty() : write(event, number);
            Mono<Void> end = fails ? Mono.error(new IllegalStateException("as asked")) : Mono.empty();
            return written.then(
                    number >= SLOW ? Mono.delay(Duration.ofMillis(20)).then(end) : end);
        }

        private Mono<Void> write(DomainEvent event, int number) {
            return database.sql("INSERT INTO effects (queue, event, aggregate, number) VALUES (:q, :e, :a, :n)")
                    .bind("q", queue)
                    .bind("e", event.id())
                    .bind("a", event.aggregate().id())
                    .bind("n", number)
                    .then();
        }
    }
}

package io.miniplane.server.wechat;

import io.miniplane.server.MiniplaneServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Handlers that tests look at. They are no configurations by name, or every server of every test would find them. */
final class PushTrial {

    private PushTrial() {}

    /** Takes down every message. */
    static class Collecting {

        static final List<PushMessage> SEEN = new CopyOnWriteArrayList<>();

        @Bean
        PushHandler<PushMessage> collector() {
            return new Handler<>("collector", PushMessage.class, message -> Mono.fromRunnable(() -> SEEN.add(message)));
        }
    }

    /** Writes a row for each text, and fails half of the time before or after that. */
    static class Failing {

        @Bean
        PushHandler<PushMessage.Text> failing(DatabaseClient database) {
            return new Handler<>("failing", PushMessage.Text.class, text -> {
                int chance = ThreadLocalRandom.current().nextInt(10);
                Mono<Void> effect = database.sql("INSERT INTO storm (message) VALUES (:message)")
                        .bind("message", text.messageId())
                        .then();
                Mono<Void> failure = Mono.error(new IllegalStateException("by chance"));
                return chance < 2 ? failure : chance < 4 ? effect.then(failure) : effect;
            });
        }
    }

    /** Never comes to an end, in the two ways in which that can be. */
    static class Hanging {

        @Bean
        PushHandler<PushMessage.Text> neverEnding() {
            return new Handler<>("never-ending", PushMessage.Text.class, text -> Mono.never());
        }

        @Bean
        PushHandler<PushMessage.Text> blocking() {
            return new Handler<>("blocking", PushMessage.Text.class, text -> Mono.fromRunnable(Hanging::sleep));
        }

        private static void sleep() {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Always fails. */
    static class Broken {

        @Bean
        PushHandler<PushMessage.Text> broken() {
            return new Handler<>(
                    "broken", PushMessage.Text.class, text -> Mono.error(new IllegalArgumentException(text.content())));
        }
    }

    /** A server with the failing handler as a process of its own. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) {
            new SpringApplicationBuilder(MiniplaneServer.class)
                    .sources(Failing.class)
                    .run(arguments);
        }
    }

    record Handler<T extends PushMessage>(String name, Class<T> type, java.util.function.Function<T, Mono<Void>> act)
            implements PushHandler<T> {

        @Override
        public Mono<Void> handle(T message) {
            return act.apply(message);
        }
    }
}

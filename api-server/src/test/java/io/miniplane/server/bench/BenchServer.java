package io.miniplane.server.bench;

import io.miniplane.server.MiniplaneServer;
import io.miniplane.server.platform.events.EventHandler;
import io.miniplane.server.wechat.PushHandler;
import io.miniplane.server.wechat.PushMessage;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The product with a handler of texts that writes one row for each, as a team's own would. */
final class BenchServer {

    private BenchServer() {}

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(MiniplaneServer.class)
                .sources(BenchServer.class)
                .run(arguments);
    }

    @Bean
    static PushHandler<PushMessage.Text> texts(DatabaseClient database) {
        return new Texts(database);
    }

    record Texts(DatabaseClient database) implements PushHandler<PushMessage.Text> {

        @Override
        public String name() {
            return "texts";
        }

        @Override
        public Class<PushMessage.Text> type() {
            return PushMessage.Text.class;
        }

        @Override
        public EventHandler.Effect effect() {
            return EventHandler.Effect.DATABASE;
        }

        @Override
        public Mono<Void> handle(PushMessage.Text message) {
            return database.sql("INSERT INTO bench_texts (message) VALUES (:message)")
                    .bind("message", message.messageId())
                    .then();
        }
    }
}

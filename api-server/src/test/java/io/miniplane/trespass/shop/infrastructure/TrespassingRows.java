package io.miniplane.trespass.shop.infrastructure;

import java.net.http.HttpClient;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.annotation.Value;
import reactor.core.publisher.Mono;

/** Breaks rules on purpose: public, blocking, JDBC, a blocking client, a value by placeholder. */
public class TrespassingRows {

    @Value("${miniplane.trespass}")
    String setting;

    Connection connection;
    HttpClient client;

    String waits() {
        return Mono.just("a").block();
    }

    void sleeps() throws InterruptedException {
        Thread.sleep(1);
    }

    CompletableFuture<String> leaves() {
        return Mono.just("a").toFuture();
    }
}

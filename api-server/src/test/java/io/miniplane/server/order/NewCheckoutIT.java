package io.miniplane.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.feature.MountedFlags;
import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import io.miniplane.server.stage.Shelf.Counts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders of users who have the new checkout, at a server that does nothing in the background, so that whatever happens happens in the request. */
class NewCheckoutIT {

    private static Backend backend;
    private static Shelf shelf;
    private static Counter counter;
    private static String insider;
    private static String outsider;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        backend = new Backend(Files.createDirectory(folder.resolve("keys")));
        shelf = new Shelf(backend);
        String openId = backend.newOpenId();
        MountedFlags flags = new MountedFlags(
                Files.createDirectory(folder.resolve("config")), MountedFlags.list("newCheckout", openId));
        counter = new Counter(backend.startServer(
                "--miniplane.role=api",
                "--miniplane.features.file=" + flags.file(),
                "--miniplane.orders.checkout-limit=2s"));
        insider = counter.api().logIn(backend.loginCode(openId)).token();
        outsider = counter.api().logIn(backend.loginCode()).token();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void anOrderIsConfirmedAtOnceForWhoHasItAndLaterForWhoHasNot() throws Exception {
        ProductId tea = shelf.put("Tea", 1000, 10);
        Answer first = counter.place(insider, Counter.basket(tea, 3), "Idempotency-Key", "checkout-1");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.data().path("status").asString()).isEqualTo("CONFIRMED");
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(7, 3, 0));
        Answer again = counter.place(insider, Counter.basket(tea, 3), "Idempotency-Key", "checkout-1");
        assertThat(again.data().toString()).isEqualTo(first.data().toString());
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(7, 3, 0));
        Answer other = counter.place(outsider, Counter.basket(tea, 2));
        assertThat(other.data().path("status").asString()).isEqualTo("CREATED");
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(7, 3, 0));

        Answer tooMany = counter.place(insider, Counter.basket(tea, 8));
        assertThat(tooMany.status()).isEqualTo(201);
        assertThat(tooMany.data().path("status").asString()).isEqualTo("CANCELLED");

        Answer waiting;
        try (AutoCloseable _ = backend.lock("reservations")) {
            waiting = counter.place(insider, Counter.basket(tea, 1));
            assertThat(waiting.status()).isEqualTo(201);
            assertThat(waiting.data().path("status").asString()).isEqualTo("CREATED");
        }

        backend.startServer("--miniplane.role=worker");
        counter.awaitStatus(outsider, Counter.id(other), "CONFIRMED");
        counter.awaitStatus(insider, Counter.id(waiting), "CONFIRMED");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> backend.rows("SELECT 1 FROM queue_messages").isEmpty());
        assertThat(counter.status(insider, Counter.id(first))).isEqualTo("CONFIRMED");
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(4, 6, 0));
        assertThat(backend.rows("SELECT 1 FROM outbox WHERE type = 'order.confirmed'"))
                .hasSize(3);
    }
}

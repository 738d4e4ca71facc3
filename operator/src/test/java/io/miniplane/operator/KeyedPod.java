package io.miniplane.operator;

import com.sun.net.httpserver.HttpServer;
import io.miniplane.operator.KeyedData.Pass;
import io.miniplane.operator.KeyedData.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A server with keys mounted: its kubelet brings it each version of the Secret late, it writes under the primary keys
 * that it has loaded, reads what others wrote, and tells of itself over real HTTP. A worker also brings rows under its
 * primary keys.
 */
final class KeyedPod implements AutoCloseable {

    /** How late a kubelet sees a Secret at most, and how seldom it looks. */
    private static final int LATEST_MILLIS = 1200;

    private static final int SELDOMEST_MILLIS = 800;

    /** So many rows that old ones are left when nobody writes under an old key any more. */
    private static final int ROWS_AT_ONCE = 40;

    private final String name;
    private final boolean works;
    private final SecretHistory secret;
    private final KeyedData shared;
    private final HttpServer server;
    private final Instant startedAt = Instant.now();
    private final ScheduledExecutorService life = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("pod-", 0).factory());
    private volatile Map<String, String> mounted;
    private volatile MountedKeys keys;

    /** Mounts the Secret as the node sees it and begins to work. */
    KeyedPod(String name, boolean works, SecretHistory secret, KeyedData shared) {
        this.name = name;
        this.works = works;
        this.secret = secret;
        this.shared = shared;
        this.mounted = secret.at(late());
        this.keys = MountedKeys.of(mounted);
        try {
            server = HttpServer.create(new InetSocketAddress(TellingPod.address(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/signals", exchange -> {
            try (exchange) {
                byte[] body = signals().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        int period = ThreadLocalRandom.current().nextInt(SELDOMEST_MILLIS / 4, SELDOMEST_MILLIS);
        var _ = life.scheduleWithFixedDelay(this::mount, period, period, TimeUnit.MILLISECONDS);
        var _ = life.scheduleWithFixedDelay(() -> guarded("serves", this::serve), 0, 25, TimeUnit.MILLISECONDS);
        if (works) {
            var _ = life.scheduleWithFixedDelay(
                    () -> guarded("rewrites", this::rewrite), 0, 300, TimeUnit.MILLISECONDS);
        }
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        life.shutdownNow();
        server.stop(0);
    }

    private static Instant late() {
        return Instant.now().minusMillis(ThreadLocalRandom.current().nextInt(LATEST_MILLIS));
    }

    private void mount() {
        Map<String, String> seen = secret.at(late());
        if (!seen.equals(mounted)) {
            mounted = seen;
            keys = MountedKeys.of(seen);
        }
    }

    private void guarded(String what, Act act) {
        try {
            act.run();
        } catch (GeneralSecurityException e) {
            shared.mishap(
                    "%s %s %s with keys %s: %s".formatted(Instant.now(), name, what, keys.signals(), e.getMessage()));
        }
    }

    private void serve() throws GeneralSecurityException {
        MountedKeys loaded = keys;
        UUID written = shared.anyId();
        shared.write(written, loaded.seal(written));
        shared.issue(loaded.sign());
        UUID read = shared.anyId();
        Row row = shared.rows().get(read);
        // What is met now has to open with what is loaded now.
        if (row != null) {
            keys.open(read, row);
        }
        var token = shared.anyToken();
        if (token.isPresent()) {
            keys.verify(token.get());
        }
        shared.countRead();
    }

    private void rewrite() throws GeneralSecurityException {
        Instant started = Instant.now();
        MountedKeys loaded = keys;
        int changed = 0;
        for (Map.Entry<UUID, Row> entry : shared.rows().entrySet()) {
            Row row = entry.getValue();
            if (changed < ROWS_AT_ONCE && !loaded.isUnderPrimaries(row)) {
                keys.open(entry.getKey(), row);
                shared.replace(entry.getKey(), row, loaded.seal(entry.getKey()));
                changed++;
            }
        }
        if (changed == 0) {
            shared.complete(new Pass(loaded.dataPrimary(), loaded.indexPrimary(), started));
        }
    }

    private String signals() {
        Pass pass = shared.completed();
        String tables =
                "{\"table\": \"users\", \"remaining\": 0, \"dataKey\": %d, \"indexKey\": %d, \"passAgeSeconds\": %s}"
                        .formatted(
                                pass.dataKey(),
                                pass.indexKey(),
                                Duration.between(pass.startedAt(), Instant.now())
                                                .toMillis()
                                        / 1000.0);
        String queues = "{\"name\": \"paid\", \"ready\": 0, \"oldestAgeSeconds\": 0.0}";
        return """
                {"version": 1, "role": "%s", "startedAt": "%s", "requests": {"total": 0, "serverErrors": 0, "seconds": 0,
                "buckets": []}, "queues": [%s], "keys": %s, "tokenLifetimeSeconds": %d, "reencryption": [%s],
                "database": "UP", "broker": "UP"}
                """.formatted(
                        works ? "WORKER" : "API",
                        startedAt,
                        works ? queues : "",
                        keys.signals(),
                        KeyedData.TOKEN_LIFETIME.toSeconds(),
                        works ? tables : "");
    }

    /** Something that meets data and tokens. */
    private interface Act {
        void run() throws GeneralSecurityException;
    }
}

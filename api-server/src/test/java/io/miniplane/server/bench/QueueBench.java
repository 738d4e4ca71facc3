package io.miniplane.server.bench;

import io.miniplane.server.platform.ServerProcess;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.KafkaServer;
import io.miniplane.server.stage.RabbitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;

/**
 * Measures how many events per second travel from the outbox to a handler whose effect is one row, for each broker: one server as a process of its
 * own, events of 1,000 aggregates that lie in the outbox at once, and the clock stopped when the last one is handled. {@code -Dbench.events=…} changes how
 * many they are.
 */
public final class QueueBench {

    private static final int EVENTS = Integer.getInteger("bench.events", 20_000);
    private static final int WARM_UP = EVENTS / 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private QueueBench() {}

    /** Measures and prints. */
    public static void main(String[] arguments) throws IOException {
        run();
        System.exit(0);
    }

    /** Measures and prints; a broker that cannot be had is said to be left out. */
    static void run() throws IOException {
        Map<String, Supplier<String[]>> brokers = new LinkedHashMap<>();
        brokers.put("PostgreSQL", () -> new String[] {"--miniplane.messaging.broker=Postgres"});
        brokers.put("RabbitMQ", QueueBench::rabbit);
        brokers.put("Kafka", QueueBench::kafka);
        System.out.printf(
                "%-12s %8s %8s %8s %14s %8s %8s%n",
                "broker", "events", "seconds", "per s", "CPU ms / 1000", "twice", "ratio");
        double baseline = 0;
        for (Map.Entry<String, Supplier<String[]>> broker : brokers.entrySet()) {
            try {
                double rate = measure(broker.getKey(), broker.getValue().get(), baseline);
                baseline = baseline == 0 ? rate : baseline;
            } catch (TestAbortedException missing) {
                System.out.printf("%-12s left out: %s%n", broker.getKey(), missing.getMessage());
            }
        }
    }

    private static double measure(String name, String[] settings, double baseline) throws IOException {
        try (Backend backend = new Backend(Files.createTempDirectory("bench"));
                ServerProcess server = new ServerProcess(QueueServer.class, List.of(backend.arguments(settings)))) {
            server.port();
            backend.execute("CREATE TABLE bench_effects (event uuid)");
            handle(backend, WARM_UP, WARM_UP);
            Duration cpu = server.cpu();
            long start = System.nanoTime();
            handle(backend, EVENTS, WARM_UP + EVENTS);
            double seconds = (System.nanoTime() - start) / 1e9;
            double rate = EVENTS / seconds;
            System.out.printf(
                    "%-12s %8d %8.1f %8.0f %14.0f %8d %7.2fx%n",
                    name,
                    EVENTS,
                    seconds,
                    rate,
                    server.cpu().minus(cpu).toNanos() / 1e6 / EVENTS * 1000,
                    count(backend, "bench_effects") - WARM_UP - EVENTS,
                    baseline == 0 ? 1 : rate / baseline);
            return rate;
        }
    }

    private static void handle(Backend backend, int events, int handled) {
        backend.execute("INSERT INTO outbox (id, type, schemaversion, aggregatetype, aggregateid, time, data)"
                + " SELECT gen_random_uuid(), '" + QueueServer.TYPE + "', 1, 'bench', 'a' || number % 1000, now(), '{}'"
                + " FROM generate_series(1, " + events + ") number; SELECT pg_notify('miniplane_events', '')");
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> count(backend, "inbox") >= handled);
    }

    private static long count(Backend backend, String table) {
        return (Long)
                backend.rows("SELECT count(*) AS rows FROM " + table).getFirst().get("rows");
    }

    private static String[] rabbit() {
        return new String[] {
            "--miniplane.messaging.broker=RabbitMQ",
            "--miniplane.messaging.uri=" + RabbitServer.running().uri()
        };
    }

    private static String[] kafka() {
        return new String[] {
            "--miniplane.messaging.broker=Kafka",
            "--miniplane.messaging.bootstrap-servers=" + KafkaServer.running().bootstrapServers()
        };
    }
}

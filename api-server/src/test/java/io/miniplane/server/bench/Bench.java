package io.miniplane.server.bench;

import io.miniplane.server.platform.ServerProcess;
import io.miniplane.server.stage.Backend;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Compares the two paths of an order ({@link OrderPaths}), measures what requests cost a server, and then the brokers ({@link QueueBench}).
 * {@code -Dbench.parts=orders,requests,queues} chooses among them. For the requests it starts a database, WeChat's stand-in and one server as a process of its
 * own, whose processor time is its alone, and prints a table in which each scenario stands beside a request that does next to nothing;
 * {@code -Dbench.calls=…} and {@code -Dbench.atonce=…} change how many requests are sent, and how many at a time.
 */
public final class Bench {

    private static final Set<String> PARTS =
            Set.of(System.getProperty("bench.parts", "orders,requests,queues").split(","));
    private static final int CALLS = Integer.getInteger("bench.calls", 10_000);
    private static final int AT_ONCE = Integer.getInteger("bench.atonce", 32);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ServerProcess server;

    private Bench(ServerProcess server) {
        this.server = server;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws IOException {
        if (PARTS.contains("orders")) {
            new OrderPaths().compare();
        }
        if (PARTS.contains("requests")) {
            measureRequests();
        }
        if (PARTS.contains("queues")) {
            QueueBench.run();
        }
        System.exit(0);
    }

    private static void measureRequests() throws IOException {
        try (Backend backend = new Backend(Files.createTempDirectory("bench"));
                ServerProcess server =
                        new ServerProcess(BenchServer.class, List.of(backend.arguments(Scenarios.SETTINGS)))) {
            URI base = URI.create("http://127.0.0.1:" + server.port());
            backend.execute("CREATE TABLE bench_texts (message text)");
            new Bench(server).run(new Scenarios(backend, base).all());
        }
    }

    private void run(List<Scenario> scenarios) {
        scenarios.forEach(scenario -> measure(scenario, -CALLS, 0));
        List<Measurement> measured = new ArrayList<>();
        System.out.println(Measurement.heading());
        for (Scenario scenario : scenarios) {
            measured.add(measure(scenario, 0, CALLS));
            System.out.println(measured.getLast().row(measured.getFirst()));
        }
    }

    private Measurement measure(Scenario scenario, int from, int to) {
        Duration cpu = server.cpu();
        long start = System.nanoTime();
        List<Timed> answers = Flux.range(from, to - from)
                .flatMap(number -> timed(scenario, number), AT_ONCE)
                .collectList()
                .block(PATIENCE);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Awaitility.await().atMost(PATIENCE).until(scenario.isSettled()::getAsBoolean);
        return new Measurement(
                scenario.name(),
                answers.stream().map(Timed::millis).sorted().toList(),
                (int) answers.stream().filter(answer -> !answer.isRight()).count(),
                took,
                server.cpu().minus(cpu));
    }

    private static Mono<Timed> timed(Scenario scenario, int number) {
        return Mono.defer(() -> {
            long start = System.nanoTime();
            return Mono.fromFuture(scenario.call().apply(number))
                    .map(answer -> new Timed(
                            (System.nanoTime() - start) / 1_000_000,
                            scenario.isRight().test(answer)));
        });
    }

    private record Timed(long millis, boolean isRight) {}
}

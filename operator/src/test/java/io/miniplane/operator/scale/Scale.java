package io.miniplane.operator.scale;

import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.ControlPlane;
import io.miniplane.operator.OptionalDefinitions;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Measures the operator, as a process of its own, against a real API server: what many backends cost to make, to keep, and to look at again
 * after a restart, and what Secrets cost that are none of its business. Nothing runs pods; that they are ready is said for them.
 */
public final class Scale {

    private static final int BACKENDS = Integer.getInteger("scale.backends", 1000);
    private static final int STRANGERS = Integer.getInteger("scale.strangers", 33_000);
    private static final Duration REST = Duration.ofSeconds(Integer.getInteger("scale.rest", 60));
    private static final List<String> OPTIONS =
            List.of(System.getProperty("scale.options", "-XX:+UseSerialGC -Xms64m -Xmx512m -Xss512k")
                    .split(" "));
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final PrintStream out;
    private final ControlPlane plane;
    private final Path directory;
    private final Fleet fleet;

    private Scale(PrintStream out, ControlPlane plane, Path directory) throws IOException {
        this.out = out;
        this.plane = plane;
        this.directory = directory;
        this.fleet = new Fleet(plane, BACKENDS);
    }

    /** Prints the figures; {@code -Dscale.backends}, {@code scale.strangers} and {@code scale.rest} (seconds) say how much of it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(Path.of("target", "scale"));
        try (var plane = ControlPlane.withoutControllers()) {
            OptionalDefinitions.install(plane.admin(), OptionalDefinitions.ALL);
            new Scale(System.out, plane, directory).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        say("%d backends on %d processors (load %.1f), operator with %s"
                .formatted(
                        BACKENDS,
                        Runtime.getRuntime().availableProcessors(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        String.join(" ", OPTIONS)));
        double heap;
        double resident;
        try (var operator = start()) {
            until("the operator works", () -> operator.reconciliations() >= 0);
            make(operator);
            rest(operator);
            say("p99 of a pass      under %.0f ms".formatted(operator.p99OfReconciles() * 1000));
            heap = operator.heapAfterFullCollection();
            resident = operator.residentMemory();
            say("memory             %.0f MiB resident, %.0f MiB heap after a full collection"
                    .formatted(resident, heap));
            fleet.addStrangers(STRANGERS);
            compare("%d Secrets more".formatted(STRANGERS), operator, heap, resident);
        }
        restart(heap, resident);
    }

    private void make(OperatorProcess operator) throws InterruptedException {
        Instant start = Instant.now();
        fleet.apply();
        double applied = since(start);
        until("all are made", () -> fleet.count(backend -> true) == BACKENDS);
        double made = since(start);
        say("made               %.1f s, %.1f backends/s (applied after %.1f s; operator used %.1f s of processor time)"
                .formatted(made, BACKENDS / made, applied, operator.processorSeconds()));
        fleet.makeReady();
        until("all are ready", () -> fleet.count(Scale::isReady) == BACKENDS);
        quiet();
        Map<String, Long> writes = writes(0);
        double owned = fleet.owned() / (double) BACKENDS;
        double all = writes.values().stream().mapToLong(Long::longValue).sum() / (double) BACKENDS;
        say("writes             %.2f per backend; least possible %.2f (%.2f objects and 2 for the status)"
                .formatted(all, owned + 2, owned));
        writes.forEach((what, times) -> say("                   %6.2f %s".formatted(times / (double) BACKENDS, what)));
    }

    private void rest(OperatorProcess operator) throws InterruptedException {
        int before = plane.audit().operatorWrites().size();
        int lists = plane.audit().operatorLists().size();
        double processor = operator.processorSeconds();
        Thread.sleep(REST);
        say("at rest            %d writes and %d lists in %d s, %.1f s of processor time"
                .formatted(
                        plane.audit().operatorWrites().size() - before,
                        plane.audit().operatorLists().size() - lists,
                        REST.toSeconds(),
                        operator.processorSeconds() - processor));
    }

    private void restart(double heap, double resident) throws IOException, InterruptedException {
        int before = plane.audit().operatorWrites().size();
        Instant start = Instant.now();
        try (var operator = start()) {
            until("all are looked at", () -> operator.reconciliations() >= BACKENDS);
            say("after a restart    %.1f s until all are looked at again".formatted(since(start)));
            quiet();
            say("                   writes: " + writes(before));
            compare("started with them", operator, heap, resident);
        }
    }

    private void compare(String when, OperatorProcess operator, double heap, double resident)
            throws IOException, InterruptedException {
        double heapNow = operator.heapAfterFullCollection();
        double residentNow = operator.residentMemory();
        say("%-18s %.0f MiB resident (%+.1f), %.0f MiB heap after a full collection (%+.1f)"
                .formatted(when, residentNow, residentNow - resident, heapNow, heapNow - heap));
    }

    private OperatorProcess start() throws IOException {
        return OperatorProcess.start(plane, OPTIONS, directory);
    }

    /** Writes after the first so many, by verb and kind. */
    private Map<String, Long> writes(int from) {
        List<String> all = plane.audit().operatorWrites();
        return all.subList(from, all.size()).stream()
                .map(write -> write.substring(0, write.indexOf(' ', write.indexOf(' ') + 1)))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private void quiet() throws InterruptedException {
        int before;
        do {
            before = plane.audit().operatorWrites().size();
            Thread.sleep(Duration.ofSeconds(5));
        } while (plane.audit().operatorWrites().size() > before);
    }

    private static boolean isReady(MiniProgramBackend backend) {
        return backend.getStatus().conditions().stream()
                .anyMatch(condition -> condition.type().equals("Ready") && condition.status() == Status.TRUE);
    }

    private static void until(String what, BooleanSupplier holds) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST);
        while (!holds.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Not within %d minutes: %s".formatted(LONGEST.toMinutes(), what));
            }
            Thread.sleep(500);
        }
    }

    private static double since(Instant start) {
        return Duration.between(start, Instant.now()).toMillis() / 1000.0;
    }

    private void say(String line) {
        out.println(line);
    }
}

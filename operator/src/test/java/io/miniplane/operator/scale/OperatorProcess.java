package io.miniplane.operator.scale;

import io.miniplane.operator.ControlPlane;
import io.miniplane.operator.OperatorMain;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The operator as a process of its own, with the rights of its ServiceAccount and the limits of its container. */
final class OperatorProcess implements AutoCloseable {

    private static final String RECONCILES = "operator_sdk_controllers_execution_reconcile_seconds_bucket";
    private static final Pattern BUCKET = Pattern.compile("\\ble=\"([^\"]+)\"");
    private static final double PERCENTILE = 0.99;
    private static final long MEBIBYTE = 1024 * 1024;

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private OperatorProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one; {@code options} are those of its JVM. */
    static OperatorProcess start(ControlPlane plane, List<String> options, Path directory) throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path kubeconfig = Files.writeString(directory.resolve("kubeconfig"), plane.kubeconfig());
        var command = new ArrayList<String>();
        command.add(program("java"));
        command.addAll(options);
        command.addAll(List.of(
                "-Dkubernetes.impersonate.username=system:serviceaccount:miniplane-system:miniplane-operator",
                "-Dkubernetes.impersonate.group=system:serviceaccounts,system:authenticated",
                "-cp",
                System.getProperty("java.class.path"),
                OperatorMain.class.getName()));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("operator.log").toFile()));
        builder.environment()
                .putAll(Map.of(
                        "KUBECONFIG", kubeconfig.toString(),
                        "MINIPLANE_HTTP_PORT", Integer.toString(port),
                        "MINIPLANE_EXTERNAL_METRICS_PORT", "0",
                        "POD_NAMESPACE", "miniplane-system",
                        "POD_NAME", "scale"));
        return new OperatorProcess(builder.start(), port);
    }

    /** How many passes over backends went well since the start. */
    long reconciliations() {
        return (long) sum("operator_sdk_reconciliations_success_total", line -> true);
    }

    /** The bound in seconds that 99 of 100 passes kept to. */
    double p99OfReconciles() {
        List<String> buckets = lines(RECONCILES).toList();
        double all = number(buckets.getLast());
        return buckets.stream()
                .filter(bucket -> number(bucket) >= PERCENTILE * all)
                .map(OperatorProcess::bound)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** What is in use of the heap after a full collection, in MiB. */
    double heapAfterFullCollection() throws IOException, InterruptedException {
        var collection = new ProcessBuilder(program("jcmd"), Long.toString(process.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        collection.waitFor();
        TimeUnit.SECONDS.sleep(2);
        return sum("jvm_memory_used_bytes", line -> line.contains("area=\"heap\"")) / MEBIBYTE;
    }

    /** Resident memory, in MiB. */
    double residentMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Seconds of processor time since the start. */
    double processorSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        http.close();
    }

    private double sum(String metric, Predicate<String> which) {
        return lines(metric).filter(which).mapToDouble(OperatorProcess::number).sum();
    }

    /** The lines of a metric; none while the operator doesn't answer yet. */
    private Stream<String> lines(String metric) {
        if (!process.isAlive()) {
            throw new IllegalStateException("The operator ended with status " + process.exitValue());
        }
        var metrics = URI.create("http://localhost:" + port + "/metrics");
        try {
            return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "));
        } catch (IOException notYet) {
            return Stream.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double number(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static double bound(String line) {
        var bound = BUCKET.matcher(line);
        return bound.find() && !bound.group(1).equals("+Inf")
                ? Double.parseDouble(bound.group(1))
                : Double.POSITIVE_INFINITY;
    }

    private static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}

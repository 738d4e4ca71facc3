package io.miniplane.operator;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;

/** A pod of a backend that tells of itself over real HTTP, at an address that an EndpointSlice may name. What it tells is up to the test. */
final class TellingPod implements AutoCloseable {

    private final HttpServer server;
    private final Instant startedAt = Instant.now();
    private volatile double qps;
    private volatile long ready;
    private volatile String database = "UP";
    private volatile boolean isSilent;
    private volatile double failing;
    private volatile double slow;

    private TellingPod(HttpServer server) {
        this.server = server;
    }

    /** Starts one of a component and makes it known as an EndpointSlice controller does. */
    static TellingPod of(Shop shop, String component, KubernetesClient client) {
        var pod = start();
        int port = pod.server.getAddress().getPort();
        announce(shop.namespace(), component, "shop-" + component + "-" + port, port, client);
        return pod;
    }

    /** Starts what tells for a pod that is there. */
    static TellingPod as(Pod pod, String component, KubernetesClient client) {
        var telling = start();
        announce(
                pod.getMetadata().getNamespace(),
                component,
                pod.getMetadata().getName(),
                telling.server.getAddress().getPort(),
                client);
        return telling;
    }

    private static TellingPod start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(address(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            var pod = new TellingPod(server);
            server.createContext("/internal/signals", exchange -> {
                try (exchange) {
                    byte[] body = pod.signals().getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(pod.isSilent ? 500 : 200, body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
            return pod;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An address of this machine by which others can reach it. */
    static String address() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("This machine has only a loopback address"));
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    TellingPod traffic(double perSecond) {
        qps = perSecond;
        return this;
    }

    TellingPod waiting(long messages) {
        ready = messages;
        return this;
    }

    TellingPod database(String state) {
        database = state;
        return this;
    }

    /** @param part of the requests that fail, 0 to 1 */
    TellingPod failing(double part) {
        failing = part;
        return this;
    }

    /** @param part of the requests that take longer than half a second, 0 to 1 */
    TellingPod slow(double part) {
        slow = part;
        return this;
    }

    /** From now on it answers with an error, or no longer. */
    TellingPod silent(boolean silence) {
        isSilent = silence;
        return this;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String signals() {
        long total = (long) (qps * Duration.between(startedAt, Instant.now()).toMillis() / 1000);
        return """
                {"version": 1, "role": "ALL", "startedAt": "%s", "requests": {"total": %d, "serverErrors": %d, "seconds": 1.5,
                "buckets": [{"upTo": 0.5, "count": %d}, {"upTo": 10, "count": %d}]}, "queues": [{"name": "orders.confirmation", "ready": %d, "oldestAgeSeconds": 1.0}],
                "keys": [{"keyset": "data", "primary": 1, "all": [1]}], "database": "%s", "broker": "UP"}
                """.formatted(
                startedAt, total, (long) (failing * total), (long) ((1 - slow) * total), total, ready, database);
    }

    /** Says where a pod tells of itself, on a port of this machine. */
    static void announce(String namespace, String component, String pod, int port, KubernetesClient client) {
        client.resource(new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withGenerateName("shop-" + component + "-")
                        .withNamespace(namespace)
                        .addToLabels("miniplane.io/backend", "shop")
                        .addToLabels("kubernetes.io/service-name", "shop-" + component)
                        .endMetadata()
                        .withAddressType("IPv4")
                        .addNewPort()
                        .withName("management")
                        .withPort(port)
                        .withProtocol("TCP")
                        .endPort()
                        .addNewEndpoint()
                        .withAddresses(address())
                        .withNewTargetRef()
                        .withKind("Pod")
                        .withName(pod)
                        .withNamespace(namespace)
                        .endTargetRef()
                        .endEndpoint()
                        .build())
                .create();
    }
}

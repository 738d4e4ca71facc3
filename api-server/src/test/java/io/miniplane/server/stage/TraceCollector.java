package io.miniplane.server.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Receives traces by OTLP over HTTP and reads them by the schema that OpenTelemetry publishes. */
public final class TraceCollector implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> spans = new CopyOnWriteArrayList<>();
    private final AtomicInteger batches = new AtomicInteger();
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final HttpServer server;

    /** Starts it on a free port. */
    public TraceCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.setExecutor(threads);
        server.start();
    }

    /** What a server is told to send everything here, each as {@code --name=value}. */
    public List<String> settings() {
        return List.of(
                "--miniplane.observability.otlp-endpoint=http://127.0.0.1:"
                        + server.getAddress().getPort(),
                "--miniplane.observability.sampling-ratio=1",
                "--management.opentelemetry.tracing.export.schedule-delay=100ms");
    }

    /** Everything that came so far. */
    public List<Received> spans() {
        return spans;
    }

    /** The spans of a trace. */
    public List<Received> trace(String id) {
        return spans.stream().filter(span -> span.traceId().equals(id)).toList();
    }

    /** How many batches were brought, whether they were taken or not. */
    public int batches() {
        return batches.get();
    }

    /** Lets it answer nobody, and take nothing, until {@link #release}. */
    public void hold() {
        held = new CountDownLatch(1);
    }

    /** Lets it answer again; what was brought meanwhile is not taken. */
    public void release() {
        held.countDown();
    }

    private void take(HttpExchange exchange) throws IOException {
        batches.incrementAndGet();
        try (exchange) {
            if (held.getCount() > 0) {
                held.await();
                return;
            }
            boolean isPacked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = exchange.getRequestBody();
            ExportTraceServiceRequest request =
                    ExportTraceServiceRequest.parseFrom(isPacked ? new GZIPInputStream(body) : body);
            request.getResourceSpansList().forEach(this::take);
            byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(ResourceSpans of) {
        Map<String, String> resource = texts(of.getResource().getAttributesList());
        of.getScopeSpansList()
                .forEach(scope -> scope.getSpansList().forEach(span -> spans.add(new Received(resource, span))));
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        attribute -> attribute.getValue().hasIntValue()
                                ? Long.toString(attribute.getValue().getIntValue())
                                : attribute.getValue().getStringValue()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /**
     * A span.
     *
     * @param resource who sent it
     * @param span as it came
     */
    public record Received(Map<String, String> resource, Span span) {

        public String name() {
            return span.getName();
        }

        public String traceId() {
            return HexFormat.of().formatHex(span.getTraceId().toByteArray());
        }

        public String id() {
            return HexFormat.of().formatHex(span.getSpanId().toByteArray());
        }

        /** Empty where it has none. */
        public String parent() {
            return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
        }

        public String service() {
            return resource.get("service.name");
        }

        /** Without {@code SPAN_KIND_}. */
        public String kind() {
            return span.getKind().name().substring("SPAN_KIND_".length());
        }

        public Map<String, String> attributes() {
            return texts(span.getAttributesList());
        }

        /** Whether it says that it failed. */
        public boolean failed() {
            return span.getStatus().getCodeValue() == 2;
        }

        /** The attributes of its events of this name. */
        public List<Map<String, String>> events(String name) {
            return span.getEventsList().stream()
                    .filter(event -> event.getName().equals(name))
                    .map(event -> texts(event.getAttributesList()))
                    .toList();
        }

        @Override
        public String toString() {
            return kind() + " " + name() + " of " + service() + " " + id() + " in " + parent() + " " + attributes();
        }
    }
}

package io.miniplane.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.MiniplaneServer;
import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.platform.ServerProcess;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import io.miniplane.server.stage.TraceCollector;
import io.miniplane.server.stage.TraceCollector.Received;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.world.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One order from the buyer's request until WeChat has the message that it could not be had: a server and a worker, each a process of its own, and one
 * trace.
 */
abstract class OrderTraceContract {

    private static final String APP = SimulatorOptions.TRIAL_APP_ID;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TEMPLATE = "cancelled-template";

    private Backend backend;
    private TraceCollector collector;
    private ServerProcess server;
    private ServerProcess worker;

    /** The settings that choose the broker, which runs. */
    abstract List<String> broker();

    /** What spans call it. */
    abstract String system();

    @BeforeEach
    void start(@TempDir Path keys) throws IOException {
        backend = new Backend(keys);
        collector = new TraceCollector();
        server = launch("api");
        server.port();
        worker = launch("worker");
        List<Template.Field> fields = List.of(new Template.Field("phrase1", "phrase1", "", List.of()));
        backend.simulator().control().messages().putTemplate(APP, new Template(TEMPLATE, TEMPLATE, false, fields));
    }

    private ServerProcess launch(String role) throws IOException {
        String[] settings = Stream.of(
                        Stream.of(
                                "--miniplane.role=" + role,
                                "--miniplane.events.poll=200ms",
                                "--miniplane.notifications.templates.cancelled.id=" + TEMPLATE,
                                "--miniplane.notifications.templates.cancelled.keywords.phrase1={reason}"),
                        broker().stream(),
                        collector.settings().stream())
                .flatMap(some -> some)
                .toArray(String[]::new);
        return new ServerProcess(MiniplaneServer.class, List.of(backend.arguments(settings)));
    }

    @AfterEach
    void stop() {
        server.close();
        worker.close();
        collector.close();
        backend.close();
    }

    @Test
    void anOrderIsOneTraceFromTheRequestToTheMessage() {
        String openId = backend.newOpenId();
        backend.simulator().control().messages().accept(APP, openId, TEMPLATE);
        ProductId tea = new Shelf(backend).put("Tea", 990, 1);
        Api api = new Api(URI.create("http://127.0.0.1:" + server.port()), null);
        String token = api.logIn(backend.loginCode(openId)).token();
        assertThat(new Counter(api).place(token, Counter.basket(tea, 2)).status())
                .isEqualTo(201);
        await().atMost(PATIENCE)
                .until(() -> !backend.simulator().control().messages().sent().isEmpty());
        Received request = one(span -> span.name().equals("POST /api/v1/orders"));
        Received message = one(span -> span.name().equals("POST /cgi-bin/message/subscribe/send"));
        assertThat(message.traceId()).isEqualTo(request.traceId());
        await().atMost(PATIENCE).untilAsserted(() -> assertWhole(collector.trace(request.traceId()), request, message));
        assertLogged(server, request.traceId(), "\"route\":\"/api/v1/orders\"");
        assertLogged(worker, request.traceId(), "\"queue\":\"orders.confirmation\"");
        assertLogged(worker, request.traceId(), "\"queue\":\"notifications.buyers\"");
        assertNothingTold(openId, token);
    }

    private void assertWhole(List<Received> trace, Received request, Received message) {
        assertThat(request.kind()).isEqualTo("SERVER");
        assertThat(request.service()).isEqualTo("miniplane-api");
        assertThat(request.parent()).isEmpty();
        assertThat(request.attributes())
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.route", "/api/v1/orders")
                .containsEntry("http.response.status_code", "201");
        assertThat(trace).anySatisfy(span -> {
            assertThat(span.parent()).isEqualTo(request.id());
            assertThat(span.kind()).isEqualTo("CLIENT");
            assertThat(span.attributes())
                    .containsEntry("db.system.name", "postgresql")
                    .hasEntrySatisfying(
                            "db.query.text", text -> assertThat(text).contains("INSERT INTO outbox", "$1"));
        });
        Received created = broker(trace, "send order.created", "PRODUCER");
        Received confirmation = broker(trace, "process orders.confirmation", "CONSUMER");
        assertThat(created.parent()).isEqualTo(request.id());
        broker(trace, "send order.cancelled", "PRODUCER");
        Received telling = broker(trace, "process notifications.buyers", "CONSUMER");
        assertThat(trace)
                .anySatisfy(span -> assertThat(span.parent()).isEqualTo(confirmation.id()))
                .allSatisfy(span -> assertThat(span.failed()).as("%s", span).isFalse());
        assertThat(message.service()).isEqualTo("miniplane-worker");
        assertThat(message.kind()).isEqualTo("CLIENT");
        assertThat(message.parent()).isEqualTo(telling.id());
        assertThat(message.attributes())
                .containsEntry("miniplane.wechat.api", "subscribe_send")
                .containsEntry("miniplane.wechat.outcome", "ok");
    }

    private Received broker(List<Received> trace, String name, String kind) {
        List<Received> found =
                trace.stream().filter(span -> span.name().equals(name)).toList();
        assertThat(found).as("%s among %s", name, trace).isNotEmpty();
        Received span = found.getFirst();
        assertThat(span.kind()).isEqualTo(kind);
        assertThat(span.service()).isEqualTo("miniplane-worker");
        assertThat(span.attributes())
                .containsEntry("messaging.system", system())
                .containsKey("messaging.message.id");
        return span;
    }

    private static void assertLogged(ServerProcess process, String traceId, String field) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(process.out())
                        .anySatisfy(line -> assertThat(line).contains("\"trace_id\":\"" + traceId + "\"", field)));
    }

    /** Neither who bought nor what opens a door is in any span. */
    private void assertNothingTold(String openId, String token) {
        String everything =
                collector.spans().stream().map(span -> span.span().toString()).collect(Collectors.joining("\n"));
        assertThat(everything).doesNotContain(openId, token, SimulatorOptions.TRIAL_SECRET);
    }

    private Received one(Predicate<Received> which) {
        return await().atMost(PATIENCE)
                .until(
                        () -> collector.spans().stream()
                                .filter(which)
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }
}

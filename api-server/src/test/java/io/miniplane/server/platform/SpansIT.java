package io.miniplane.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.TestLog;
import io.miniplane.server.stage.TraceCollector;
import io.miniplane.server.stage.TraceCollector.Received;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SpansIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TraceCollector collector;
    private static PlatformServer server;

    @BeforeAll
    static void start() throws Exception {
        collector = new TraceCollector();
        server = PlatformServer.start(collector.settings().toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        server.close();
        collector.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/fault,500,java.lang.IllegalStateException",
        "/failure,503,io.miniplane.server.platform.Failure",
        "/database,503,org.springframework.dao.DataAccessResourceFailureException"
    })
    void whatIsOurFaultIsAFailedSpanAndALineUnderTheTraceIdOfTheAnswer(String path, String status, String cause)
            throws Exception {
        String traceId = traceId(server.get(path));
        Received span = span(traceId);
        assertThat(span.failed()).isTrue();
        assertThat(span.span().getStatus().getMessage()).isEqualTo(cause);
        assertThat(span.attributes())
                .containsEntry("http.response.status_code", status)
                .containsEntry("http.route", path)
                .containsEntry("error.type", cause);
        assertThat(span.events("exception"))
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .containsEntry("exception.type", cause)
                        .hasEntrySatisfying(
                                "exception.stacktrace",
                                trace -> assertThat(trace).startsWith(cause)));
        assertThat(span.span().toString()).doesNotContain("select secret", "gone");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(TestLog.read()
                                .lines()
                                .filter(line -> line.contains(traceId) && line.contains("A request failed")))
                        .singleElement()
                        .satisfies(line -> assertThat(line).contains(cause)));
    }

    @Test
    void whatIsTheCallersFaultIsNoFailedSpan() throws Exception {
        HttpResponse<String> answer = server.get("/nowhere");
        Received span = span(traceId(answer));
        assertThat(span.failed()).isFalse();
        assertThat(span.name()).isEqualTo("GET");
        assertThat(span.attributes())
                .containsEntry("http.response.status_code", "404")
                .doesNotContainKeys("http.route", "error.type");
        assertThat(span.events("exception")).isEmpty();
    }

    @Test
    void whoSendsItIsNamed() throws Exception {
        Received span = span(traceId(server.get("/nowhere")));
        assertThat(span.resource())
                .containsEntry("service.namespace", "wx0123456789abcdef")
                .containsEntry("deployment.environment.name", "dev")
                .containsKeys("service.name", "service.instance.id", "telemetry.sdk.language");
    }

    private static String traceId(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body()).path("traceId").asString();
    }

    private static Received span(String traceId) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> collector.trace(traceId).stream().findFirst().orElse(null), found -> found != null);
    }
}

package io.miniplane.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.platform.observability.ManagementServer;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.MerchantSettings;
import io.miniplane.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people see of a server, and what nobody may. */
class DiagnosticsIT {

    private static final String PASSWORD = "a-password-of-the-database";
    private static final String PUSH_TOKEN = "aTokenOfThePushes";
    private static final String PUSH_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    private static final String COLLECTOR_PASSWORD = "a-password-of-the-collector";

    private static final List<String> SECRETS =
            new ArrayList<>(List.of(PASSWORD, PUSH_TOKEN, PUSH_KEY, COLLECTOR_PASSWORD, SimulatorOptions.TRIAL_SECRET));
    private static Backend backend;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        Map<String, String> pay = MerchantSettings.at(backend.simulator(), URI.create("http://127.0.0.1:9"));
        SECRETS.add(pay.get("miniplane.wechat.pay.private-key"));
        SECRETS.add(pay.get("miniplane.wechat.pay.api-v3-key"));
        Stream<String> more = Stream.of(
                "--miniplane.database.password=" + PASSWORD,
                "--miniplane.wechat.message-push.token=" + PUSH_TOKEN,
                "--miniplane.wechat.message-push.encoding-aes-key=" + PUSH_KEY,
                "--miniplane.observability.otlp-endpoint=http://miniplane:" + COLLECTOR_PASSWORD + "@127.0.0.1:9");
        api = backend.startServer(Stream.concat(MerchantSettings.arguments(backend.simulator()).stream(), more)
                .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void onePageSaysHowTheServerIs() {
        JsonNode told = JsonMapper.shared().readTree(api.diagnostics());
        assertThat(told.path("version").asInt()).isEqualTo(1);
        assertThat(told.at("/program/java").asString()).isNotEmpty();
        assertThat(told.at("/configuration/miniplane.app-id").asString()).isEqualTo(SimulatorOptions.TRIAL_APP_ID);
        assertThat(told.at("/configuration/miniplane.wechat.app-secret").asString())
                .isEqualTo("(set)");
        assertThat(told.at("/configuration/miniplane.observability.otlp-endpoint")
                        .asString())
                .isEqualTo("http://127.0.0.1:9");
        assertThat(told.at("/pool/most").asInt()).isPositive();
        assertThat(told.at("/breakers/wechat-login").asString()).isEqualTo("closed");
        assertThat(told.at("/traces/exported").asInt()).isZero();
        assertThat(told.at("/signals/keys").size()).isEqualTo(3);
        assertThat(told.at("/signals/queues").size()).isPositive();
    }

    @Test
    void noSecretOfTheConfigurationIsTold() throws IOException {
        String told = api.diagnostics();
        assertThat(told).doesNotContain(SECRETS).doesNotContain("BEGIN PRIVATE KEY");
        try (Stream<Path> files = Files.list(backend.keys().path())) {
            for (Path file : files.toList()) {
                JsonNode keyset = JsonMapper.shared().readTree(Files.readString(file));
                keyset.findValues("value").forEach(material -> assertThat(told).doesNotContain(material.asString()));
            }
        }
    }

    @Test
    void aFailureIsFoundByItsTraceId() {
        backend.stopDatabase();
        Api.Answer answer = api.call("POST", Api.LOGIN, null, Map.of("code", backend.loginCode()));
        backend.startDatabase();
        assertThat(answer.status()).isEqualTo(503);
        JsonNode newest = JsonMapper.shared().readTree(api.diagnostics()).at("/failures/0");
        assertThat(newest.path("traceId").asString())
                .isEqualTo(answer.body().path("traceId").asString());
        assertThat(newest.path("what").asString()).startsWith("POST /api/v1/auth/login: 503");
        assertThat(newest.path("causes").size()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,localhost,200",
        "127.0.0.1,127.0.0.1,200",
        "127.0.0.6,localhost,403",
        "127.0.0.1,example.com,403"
    })
    void onlyThoseInsideThePodAreTold(String address, String host, int status) throws IOException {
        int port = api.context().getBean(ManagementServer.class).port();
        try (Socket socket = new Socket(address, port)) {
            socket.getOutputStream()
                    .write(("GET /internal/diagnostics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + status);
        }
    }
}

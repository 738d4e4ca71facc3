package io.miniplane.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.gateway.ForgedRequests.Shape;
import io.miniplane.server.gateway.RecordingContainer.Arrived;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that want to pass for somebody else, or to get where they may not: byte for byte over a socket. */
class HeaderSmugglingIT {

    private static final String FORGED = "forged";
    private static final int PATIENCE_MILLIS = 1500;

    private static Backend backend;
    private static RecordingContainer container;
    private static Api api;
    private static Tokens user;
    private static String openId;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        container = new RecordingContainer();
        List<String> settings = new ArrayList<>(List.of("--miniplane.gateway.upstream-url=" + container.url()));
        settings.addAll(ProxyIT.route(0, "path=/api/**", "auth=required"));
        settings.addAll(ProxyIT.route(1, "path=/api/open/**", "auth=none"));
        settings.addAll(ProxyIT.route(2, "path=/api/shop/**", "auth=optional"));
        settings.addAll(ProxyIT.route(3, "path=/staff/**", "auth=required", "roles=admin"));
        api = backend.startServer(settings.toArray(String[]::new));
        openId = backend.newOpenId();
        user = api.logIn(backend.loginCode(openId));
    }

    @AfterAll
    static void stop() {
        backend.close();
        container.close();
    }

    @BeforeEach
    void forget() {
        container.forget();
    }

    static Stream<Shape> shapes() {
        return new ForgedRequests(user.token()).all();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void nothingForgedArrivesAndNoClosedRouteIsReached(Shape shape) throws IOException {
        String answer = send(shape.bytes());
        for (Arrived request : container.arrived()) {
            assertThat(request.uri())
                    .as("reached %s", request.uri())
                    .startsWith("/api/")
                    .doesNotStartWith("/api/v1");
            String path = request.uri().split("\\?", 2)[0];
            assertThat(path).doesNotContain("..", "//", "\\", ";", "smuggled", "staff");
            assertThat(path.toLowerCase(Locale.ROOT)).doesNotContain("%2f", "%5c", "%2e", "%00");
            assertThat(told(request)).isSubsetOf(allowed(request));
            assertThat(request.values("X-WX-OPENID")).isSubsetOf(openId).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(container.arrived()).hasSizeLessThanOrEqualTo(1);
        assertThat(answer).doesNotContain("\"code\":50000");
    }

    @Test
    void thereAreEnoughOfThem() {
        assertThat(shapes().map(Shape::name).distinct().count()).isGreaterThanOrEqualTo(100);
    }

    /** So that what is asserted of the others is not true because nothing ever arrives. */
    @Test
    void anHonestRequestArrives() throws IOException {
        ForgedRequests requests = new ForgedRequests(user.token());
        assertThat(send(requests.get("/api/things", requests.authorization()))).startsWith("HTTP/1.1 200");
        assertThat(container.last().values("X-WX-OPENID")).containsExactly(openId);
        assertThat(told(container.last())).contains("x-wx-openid=" + openId);
        assertThat(send(requests.get("/api/open/things", "X-Any: forged\r\n"))).startsWith("HTTP/1.1 200");
        assertThat(container.last().values("X-Any")).containsExactly(FORGED);
    }

    /** Every header that a container may take for one of ours, the value beside the name as it would be read. */
    private static Set<String> told(Arrived request) {
        Set<String> told = new TreeSet<>();
        request.headers().forEach(header -> {
            String name =
                    header.getKey().toLowerCase(Locale.ROOT).replace('_', '-').strip();
            boolean isOurs = name.startsWith("x-wx-")
                    || name.startsWith("x-miniplane-")
                    || name.startsWith("x-forwarded-")
                    || Set.of("forwarded", "x-real-ip", "x-original-forwarded-for", "x-original-url", "x-rewrite-url")
                            .contains(name);
            if (isOurs) {
                told.add(name + "=" + (name.equals("x-miniplane-identity") ? "signed" : header.getValue()));
            }
            assertThat(name.equals("x-miniplane-identity") && header.getValue().contains(FORGED))
                    .isFalse();
        });
        return told;
    }

    private static Set<String> allowed(Arrived request) {
        Set<String> allowed = new TreeSet<>(Set.of(
                "x-wx-env=dev",
                "x-forwarded-for=127.0.0.1",
                "x-original-forwarded-for=127.0.0.1",
                "x-forwarded-proto=http",
                "x-forwarded-host=shop.example",
                "x-forwarded-host=other.example"));
        if (!request.uri().startsWith("/api/open")) {
            allowed.addAll(Set.of(
                    "x-wx-openid=" + openId,
                    "x-wx-appid=" + io.miniplane.simulator.SimulatorOptions.TRIAL_APP_ID,
                    "x-wx-source=wx_client",
                    "x-miniplane-user=" + user.userId(),
                    "x-miniplane-roles=user",
                    "x-miniplane-identity=signed"));
            request.values("X-WX-UNIONID").stream()
                    .filter(value -> !value.equals(FORGED))
                    .forEach(value -> allowed.add("x-wx-unionid=" + value));
        }
        return allowed;
    }

    private static String send(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), api.base().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return read(socket.getInputStream());
        } finally {
            settle();
        }
    }

    /** What was begun for a request that was given up is over before the next one is judged. */
    private static void settle() {
        Gauge underWay = api.context()
                .getBean(MeterRegistry.class)
                .get("miniplane.gateway.in.flight")
                .gauge();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> underWay.value() == 0);
    }

    private static String read(InputStream answer) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] piece = new byte[4096];
        try {
            for (int length = answer.read(piece); length >= 0; length = answer.read(piece)) {
                text.append(new String(piece, 0, length, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException | java.net.SocketException over) {
            text.append("");
        }
        return text.toString();
    }
}

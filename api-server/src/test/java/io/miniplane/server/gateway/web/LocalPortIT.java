package io.miniplane.server.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import io.miniplane.simulator.world.TokenVerdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The port inside the pod, on a real server against the simulated WeChat. */
class LocalPortIT {

    private static final String CHECK = "/wxa/msg_sec_check";
    private static final String LIMITED = "/wxa/getwxacodeunlimit";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Backend backend;
    private static Api server;
    private static int port;
    private static String openId;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        server = backend.startServer(
                "--miniplane.gateway.upstream-url=http://127.0.0.1:9",
                "--miniplane.gateway.local.port=0",
                "--miniplane.gateway.local.open-api.allow=" + CHECK + "," + LIMITED + ",/cgi-bin/nothing",
                "--miniplane.gateway.local.open-api.rate-limit.requests=40",
                "--miniplane.gateway.local.open-api.rate-limit.per=1s");
        port = server.context().getBean(LocalServer.class).port();
        openId = backend.newOpenId();
        server.logIn(backend.loginCode(openId));
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @AfterEach
    void calm() {
        backend.simulator().control().clearFaults();
        backend.simulator().control().contentType("application/json");
    }

    @Test
    void aCallWithoutATokenIsAnsweredAsWechatDoes() throws Exception {
        HttpResponse<String> answer = check("");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JsonMapper.shared().readTree(answer.body()).path("errcode").asInt(-9))
                .isZero();
        assertThat(answer.body()).contains("trace_id");
        assertThat(answer.headers().firstValue("x-openapi-seqid"))
                .get()
                .asString()
                .matches("[0-9a-f]{32}");
        assertThat(answer.headers().firstValue("x-openapi-seqid"))
                .isNotEqualTo(check("").headers().firstValue("x-openapi-seqid"));
    }

    @Test
    void tokensOfTheContainerAreDroppedWhereverTheyStand() throws Exception {
        for (String query : List.of(
                "?access_token=forged",
                "?cloudbase_access_token=x&access%5Ftoken=forged",
                "?a=1&access_token=forged")) {
            assertThat(check(query).body()).contains("\"errcode\":0");
        }
    }

    @ParameterizedTest
    @CsvSource({"EXPIRED,false", "NOT_NEWEST,false", "NOT_NEWEST,true"})
    void aRefusedTokenIsReplacedAndTheCallSentOnceMore(TokenVerdict verdict, boolean handedOutStill) throws Exception {
        check("");
        backend.simulator().control().endTokens(verdict, handedOutStill);
        backend.simulator().control().clearRequests();
        assertThat(check("").body()).contains("\"errcode\":0");
        assertThat(backend.simulator().control().requests().count(CHECK)).isEqualTo(2);
    }

    @Test
    void refusalsOfWechatAreAnswersAndComeByteForByte() throws Exception {
        backend.simulator()
                .control()
                .inject(Fault.times(1, CHECK, new Effect.Errcode(45009, "reach max api daily quota limit")));
        HttpResponse<String> refused = check("");
        assertThat(refused.statusCode()).isEqualTo(200);
        assertThat(refused.body()).startsWith("{").contains("\"errcode\":45009");
        backend.simulator().control().contentType("text/plain");
        assertThat(check("").headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith("text/plain");
        assertThat(post("/cgi-bin/nothing", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void picturesComeAsTheyAre() throws Exception {
        HttpResponse<byte[]> picture = HTTP.send(
                request(LIMITED)
                        .POST(BodyPublishers.ofString("{\"scene\":\"a\",\"check_path\":false}"))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith("image/");
        assertThat(picture.body()).hasSizeGreaterThan(100);
    }

    @Test
    void aPathOffTheListIsRefusedWithTheFieldToChange() throws Exception {
        backend.simulator().control().clearRequests();
        HttpResponse<String> refused = post("/wxa/getuserriskrank", "{}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("40310", "/wxa/getuserriskrank", "spec.wechat.openApi.allow");
        assertThat(backend.simulator().control().requests().counts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/wxa//msg_sec_check",
                "//wxa/msg_sec_check",
                "/wxa/../wxa/msg_sec_check",
                "/wxa/%6dsg_sec_check",
                "/x/..;/wxa/msg_sec_check",
                "/wxa/msg_sec_check/",
                "/wxa/msg_sec_check;a=b",
                "/wxa/./msg_sec_check",
                "/WXA/msg_sec_check"
            })
    void onlyThePlainPathIsThePath(String path) throws Exception {
        String answer = raw(
                "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        assertThat(answer).matches("(?s)HTTP/1.1 (400|403) .*");
    }

    @Test
    void aContainerThatUsesItAsAProxyIsServedForWechatAlone() throws Exception {
        String body = body();
        String answer = raw("POST http://api.weixin.qq.com" + CHECK + " HTTP/1.1\r\nHost: api.weixin.qq.com\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n"
                + body);
        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"errcode\":0");
        assertThat(raw("GET http://example.com/ HTTP/1.1\r\nHost: api.weixin.qq.com\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("no_proxy");
        assertThat(raw("CONNECT api.weixin.qq.com:443 HTTP/1.1\r\nHost: api.weixin.qq.com:443\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("http://api.weixin.qq.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: 127.0.0.1\r\nOrigin: http://127.0.0.1", "Host: 127.0.0.1\r\nOrigin: null",
                        "Host: rebound.example",
                "Host: 127.0.0.1.rebound.example", "Host: 10.0.0.7", "Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site"
            })
    void aBrowserThatWasLedHereIsRefused(String headers) throws Exception {
        for (String path : List.of(CHECK, LocalRoutes.EVENTS)) {
            assertThat(raw("POST " + path + " HTTP/1.1\r\n" + headers
                            + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void nobodyOutsideReachesThePort() throws Exception {
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : each.inetAddresses().toList()) {
                if (!address.getHostAddress().equals("127.0.0.1")) {
                    assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void tooManyCallsOfAPathAreTurnedAway() throws Exception {
        int refused = 0;
        for (int i = 0; i < 120; i++) {
            HttpResponse<String> answer = post("/cgi-bin/nothing", "{}");
            if (answer.statusCode() == 429) {
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(answer.body()).contains("42900");
                refused++;
            }
        }
        assertThat(refused).isPositive();
        assertThat(check("").statusCode()).isEqualTo(200);
    }

    @Test
    void bodiesHaveTheirBounds() throws Exception {
        assertThat(post(CHECK, "x".repeat(1024 * 1024 + 1)).statusCode()).isEqualTo(413);
        HttpResponse<String> file = HTTP.send(
                request(CHECK)
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.ofByteArray(new byte[2 * 1024 * 1024]))
                        .build(),
                BodyHandlers.ofString());
        assertThat(file.statusCode()).isNotIn(413, 429);
        assertThat(HTTP.send(
                                request(CHECK)
                                        .header("Content-Type", "multipart/form-data; boundary=b")
                                        .POST(BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024 + 1]))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void anEventIsKeptOnceBeforeItIsAnsweredAndEncrypted() throws Exception {
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> taken = HTTP.send(
                    request(LocalRoutes.EVENTS)
                            .headers(
                                    "Content-Type",
                                    "application/json",
                                    "ce-specversion",
                                    "1.0",
                                    "ce-id",
                                    "e-1",
                                    "ce-source",
                                    "/shop")
                            .headers("ce-type", "shop.opened", "ce-subject", "oSomebody")
                            .POST(BodyPublishers.ofString("{\"who\":\"oSomebody\",\"price\":12.50}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(taken.statusCode()).isEqualTo(202);
            assertThat(taken.body()).contains("\"id\":\"e-1\"");
            assertThat(kept("shop.opened")).hasSize(1);
        }
        assertThat(kept("shop.opened").getFirst().toString()).doesNotContain("oSomebody");
        String structured =
                "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/other\",\"type\":\"shop.opened\",\"data\":1}";
        assertThat(HTTP.send(
                                request(LocalRoutes.EVENTS)
                                        .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                                        .POST(BodyPublishers.ofString(structured))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(202);
        assertThat(kept("shop.opened")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "order.paid,{},403,40310",
        "wechat.push.text,{},403,40310",
        "container.event,{},403,40310",
        "shop,{},400,two",
        "Shop.opened,{},400,type",
        "shop.closed,{,400,JSON",
        "'',{},400,type"
    })
    void whatIsNoEventOfTheContainersIsRefusedWithASentence(String type, String data, int status, String told)
            throws Exception {
        HttpRequest.Builder request = request(LocalRoutes.EVENTS).header("Content-Type", "application/json");
        if (!type.isEmpty()) {
            request.header("ce-type", type);
        }
        HttpResponse<String> refused =
                HTTP.send(request.POST(BodyPublishers.ofString(data)).build(), BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body().toLowerCase(Locale.ROOT))
                .contains("\"traceid\"", told.equals("two") ? "2 or more words" : told.toLowerCase(Locale.ROOT));
    }

    @Test
    void anEventHasItsBounds() throws Exception {
        String large = "\"" + "x".repeat(64 * 1024) + "\"";
        HttpResponse<String> refused = HTTP.send(
                request(LocalRoutes.EVENTS)
                        .headers("Content-Type", "application/json", "ce-type", "shop.opened")
                        .POST(BodyPublishers.ofString(large))
                        .build(),
                BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("64 KiB");
    }

    @Test
    void withoutItsPortThereIsNone() {
        Api bare = backend.startServer("--miniplane.gateway.upstream-url=http://127.0.0.1:9");
        assertThat(bare.context().getBeanProvider(LocalServer.class).getIfAvailable())
                .isNull();
    }

    private static List<?> kept(String type) {
        return backend.rows("SELECT * FROM outbox WHERE subject = '" + type + "'");
    }

    private static HttpResponse<String> check(String query) throws Exception {
        return post(CHECK + query, body());
    }

    private static String body() {
        return "{\"content\":\"hello\",\"version\":2,\"scene\":1,\"openid\":\"" + openId + "\"}";
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return HTTP.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}

package io.miniplane.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EnvelopeIT {

    private static final String JSON = "application/json";
    private static PlatformServer server;

    @BeforeAll
    static void start() {
        server = PlatformServer.start("--miniplane.rate-limit.enabled=false");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void successHasCodeMessageAndData() throws Exception {
        HttpResponse<String> answer = server.get("/things/7");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer))
                .isEqualTo(JsonMapper.shared().readTree("{\"code\":200,\"message\":\"Success\",\"data\":\"7\"}"));
    }

    @Test
    void creationTellsWhere() throws Exception {
        HttpResponse<String> answer = post("{\"name\":\"tea\",\"count\":2,\"unknown\":1}");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).contains("/orders/1");
        assertThat(json(answer).get("code").asInt()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "/nowhere, 40400",
        "/fault, 50000",
        "/failure, 50301",
        "/database, 50302",
        "/closed, 40100",
        "/unacceptable, 40600",
        "/done, 40500"
    })
    void everyErrorHasItsCodeAndTrace(String path, int code) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).isEqualTo(code / 100);
        assertThat(json(answer).get("code").asInt()).isEqualTo(code);
        assertThat(json(answer).get("traceId").asString()).matches("[0-9a-f]{32}");
        assertThat(json(answer).propertyNames()).containsExactly("code", "message", "data", "traceId");
    }

    @Test
    void aFaultTellsNothingOfItself() throws Exception {
        assertThat(server.get("/fault").body()).doesNotContain("vault", "IllegalState", "at io.");
    }

    @Test
    void aPassingFailureSaysWhenToTryAgain() throws Exception {
        assertThat(server.get("/failure").headers().firstValue("Retry-After")).contains("2");
        assertThat(server.get("/database").headers().firstValue("Retry-After")).contains("2");
    }

    @Test
    void aWrongMethodNamesTheRightOnes() throws Exception {
        HttpResponse<String> answer = server.get("/orders");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @ParameterizedTest
    @CsvSource({
        "zh-CN, 该地址不存在。",
        "'zh;q=0.9,en;q=0.1', 该地址不存在。",
        "en-GB, There is nothing at this address.",
        "fr, There is nothing at this address.",
        "'*;;;broken', There is nothing at this address."
    })
    void messagesFollowTheLanguage(String language, String message) throws Exception {
        assertThat(json(server.get("/nowhere", "Accept-Language", language))
                        .get("message")
                        .asString())
                .isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "zh-CN, '{\"count\":1}', 请求有误：缺少 name。",
        "en, '{\"count\":1}', The request is not right: name is missing.",
        "zh-CN, '{\"name\":\"abcdefghijk\",\"count\":1}', 请求有误：name 超过 10 个字符。",
        "en, '{\"name\":\"abcdefghijk\",\"count\":1}', The request is not right: name is longer than 10 characters."
    })
    void whatIsWrongWithAFieldFollowsTheLanguage(String language, String body, String message) throws Exception {
        HttpResponse<String> answer =
                server.send(server.request(server.port(), "/orders", "Content-Type", JSON, "Accept-Language", language)
                        .POST(BodyPublishers.ofString(body)));
        assertThat(json(answer).get("message").asString()).isEqualTo(message);
    }

    @Test
    void whoeverMustSignInIsToldHow() throws Exception {
        assertThat(server.get("/closed").headers().firstValue("WWW-Authenticate"))
                .contains("Bearer");
    }

    @Test
    void problemDetailsOnRequest() throws Exception {
        HttpResponse<String> answer = server.get("/nowhere", "Accept", "application/problem+json");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.propertyNames()).containsExactly("type", "title", "status", "detail", "code", "traceId");
        assertThat(problem.get("type").asString()).isEqualTo("urn:miniplane:error:40400");
        assertThat(problem.get("status").asInt()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                              | JSON",
                "[]                             | read",
                "{\"name\":\"a\",\"name\":\"b\",\"count\":1} | twice",
                "{\"name\":\"a\",\"count\":\"many\"}  | count",
                "{\"name\":true,\"count\":1}      | name",
                "{\"name\":1,\"count\":1}         | name",
                "{\"name\":\"a\",\"count\":\"1\"}     | count",
                "{\"count\":1}                  | name is missing",
                "{\"name\":\"a\",\"count\":1} {}    | read",
                "''                             | empty"
            })
    void aBodyThatIsNotRightIsRefusedWithWhatToChange(String body, String word) throws Exception {
        HttpResponse<String> answer = post(body);
        assertThat(json(answer).get("code").asInt()).isEqualTo(40000);
        assertThat(json(answer).get("message").asString()).contains(word);
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() throws Exception {
        byte[] body = "{\"name\":\"\u00ff\u00fe\",\"count\":1}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(json(server.post("/orders", JSON, body)).get("code").asInt()).isEqualTo(40000);
    }

    @ParameterizedTest
    @CsvSource({"text/plain, 41500", "application/xml, 41500", "application/json;charset=gbk, 41500", "nonsense, 41500"
    })
    void aMediaTypeThatIsNotJsonIsRefused(String type, int code) throws Exception {
        assertThat(json(server.post("/orders", type, "{}".getBytes(StandardCharsets.UTF_8)))
                        .get("code")
                        .asInt())
                .isEqualTo(code);
    }

    @Test
    void aBodyOverOneMebibyteIsRefusedByItsLength() throws Exception {
        assertThat(json(server.post("/orders", JSON, new byte[1024 * 1024 + 1]))
                        .get("code")
                        .asInt())
                .isEqualTo(41300);
    }

    @Test
    void aBodyOverOneMebibyteIsRefusedInChunks() throws Exception {
        byte[] spaces = " ".repeat(1024 * 1024 + 1).getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer = server.send(server.request(server.port(), "/orders", "Content-Type", JSON)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(spaces))));
        assertThat(json(answer).get("code").asInt()).isEqualTo(41300);
    }

    @Test
    void aBodyOfOneMebibyteIsRead() throws Exception {
        String order = "{\"name\":\"tea\",\"count\":1}";
        byte[] body = (order + " ".repeat(1024 * 1024 - order.length())).getBytes(StandardCharsets.UTF_8);
        assertThat(server.post("/orders", JSON, body).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /search?q=%ff HTTP/1.1, 400, 40000",
        "GET /search?q=%zz HTTP/1.1, 400, 40000",
        "GET /things/%c0%80 HTTP/1.1, 400, 40000",
        "GET /things/%00 HTTP/1.1, 400, 40000",
        "GET /things/<a> HTTP/1.1, 400, 40000",
        "GARBAGE, 400, 40000"
    })
    void anAddressThatIsNotRightIsRefusedWithTheEnvelope(String line, int status, int code) throws Exception {
        String answer = server.raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("{\"code\":" + code);
    }

    @Test
    void headersThatAreTooLargeAreRefusedWithTheEnvelope() throws Exception {
        String answer =
                server.raw("GET /things/1 HTTP/1.1\r\nHost: localhost\r\nX-Big: " + "a".repeat(20_000) + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431").contains("{\"code\":43100");
    }

    @Test
    void anAddressThatIsTooLongIsRefusedWithTheEnvelope() throws Exception {
        String answer = server.raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 414").contains("{\"code\":41400");
    }

    @Test
    void wellFormedChineseIsRead() throws Exception {
        assertThat(json(server.get("/search?q=%E8%8C%B6")).get("data").asString())
                .isEqualTo("茶");
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return server.post("/orders", JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}

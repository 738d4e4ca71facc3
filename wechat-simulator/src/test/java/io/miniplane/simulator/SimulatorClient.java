package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Speaks to a simulator as a server does: over HTTP. */
final class SimulatorClient implements AutoCloseable {

    static final String APP = SimulatorOptions.TRIAL_APP_ID;
    static final String SECRET = SimulatorOptions.TRIAL_SECRET;

    private static final JsonMapper JSON = new JsonMapper();

    private final WechatSimulator simulator = WechatSimulator.start(SimulatorOptions.trial());

    WechatSimulator simulator() {
        return simulator;
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.baseUri() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    JsonNode json(String method, String path, String body) throws IOException {
        return JSON.readTree(send(method, path, body).body());
    }

    int errcode(String method, String path, String body) throws IOException {
        return json(method, path, body).path("errcode").intValue(0);
    }

    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    static String loginPath(String code) {
        return "/sns/jscode2session"
                + query(Map.of("appid", APP, "secret", SECRET, "js_code", code, "grant_type", "authorization_code"));
    }

    JsonNode login(String code) throws IOException {
        return json("GET", loginPath(code), "");
    }

    JsonNode stableToken(boolean force) throws IOException {
        return json("POST", "/cgi-bin/stable_token", stableBody(force));
    }

    static String stableBody(boolean force) {
        return "{\"grant_type\":\"client_credential\",\"appid\":\"%s\",\"secret\":\"%s\",\"force_refresh\":%s}"
                .formatted(APP, SECRET, force);
    }

    JsonNode classicToken() throws IOException {
        return json(
                "GET",
                "/cgi-bin/token" + query(Map.of("grant_type", "client_credential", "appid", APP, "secret", SECRET)),
                "");
    }

    /** The error code that an API gives for this token; 0 when it accepts it. */
    int verdict(String token) throws IOException {
        int code = phone(token, "{\"code\":\"unknown\"}").path("errcode").intValue(0);
        return code == 40029 ? 0 : code;
    }

    /** The stable token, which every call of a test may share. */
    String token() throws IOException {
        return stableToken(false).path("access_token").stringValue();
    }

    /** A POST of JSON with a valid token. */
    JsonNode post(String path, String body) throws IOException {
        return json("POST", path + query(Map.of("access_token", token())), body);
    }

    /** The error number of a POST of JSON with a valid token; 0 when it succeeds. */
    int refusal(String path, String body) throws IOException {
        return post(path, body).path("errcode").intValue(0);
    }

    /** A GET with a valid token. */
    JsonNode get(String path, Map<String, String> parameters) throws IOException {
        Map<String, String> all = new HashMap<>(parameters);
        all.put("access_token", token());
        return json("GET", path + query(all), "");
    }

    /** The error number of a GET with a valid token; 0 when it succeeds. */
    int refusal(String path, Map<String, String> parameters) throws IOException {
        return get(path, parameters).path("errcode").intValue(0);
    }

    /** JSON written with single quotes, its places filled in. */
    static String body(String text, Object... values) {
        return text.replace('\'', '"').formatted(values);
    }

    /** Sends an order to the control API and expects that it is obeyed. */
    JsonNode order(String method, String path, String body) throws IOException {
        HttpResponse<String> response = send(method, path, body.replace('\'', '"'));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    /** Collects what is pushed. */
    BlockingQueue<ObjectNode> pushes() {
        BlockingQueue<ObjectNode> pushes = new LinkedBlockingQueue<>();
        simulator.control().pushTo((appId, message) -> pushes.add(message));
        return pushes;
    }

    /** The next push, which must come within 10 s. */
    static ObjectNode next(BlockingQueue<ObjectNode> pushes) {
        try {
            ObjectNode push = pushes.poll(10, TimeUnit.SECONDS);
            assertThat(push).as("the next push").isNotNull();
            return push;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    JsonNode phone(String token, String body) throws IOException {
        return json("POST", "/wxa/business/getuserphonenumber" + query(Map.of("access_token", token)), body);
    }

    @Override
    public void close() {
        simulator.close();
    }
}

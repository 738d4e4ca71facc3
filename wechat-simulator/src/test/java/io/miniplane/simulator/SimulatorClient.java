package io.miniplane.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

    JsonNode phone(String token, String body) throws IOException {
        return json("POST", "/wxa/business/getuserphonenumber" + query(Map.of("access_token", token)), body);
    }

    @Override
    public void close() {
        simulator.close();
    }
}

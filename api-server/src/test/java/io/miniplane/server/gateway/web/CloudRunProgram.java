package io.miniplane.server.gateway.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program as teams run it at WeChat Cloud Run, written by its documentation alone: it knows users by {@code X-WX-OPENID}, takes pushes as plain JSON where
 * {@code X-WX-SOURCE} is there, answers the check of its path, and calls {@code http://api.weixin.qq.com} without a token. Nothing in it knows of Miniplane.
 */
final class CloudRunProgram implements AutoCloseable {

    private static final URI CHECK = URI.create("http://api.weixin.qq.com/wxa/msg_sec_check");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final List<String> verdicts = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> visits = new ConcurrentHashMap<>();
    private volatile HttpClient http = HttpClient.newHttpClient();

    CloudRunProgram() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/count", this::count);
        server.createContext("/wechat/push", this::push);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** What the environment variable {@code http_proxy} does in most languages. */
    void httpProxy(int port) {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
                .build();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What WeChat thought of what users wrote. */
    List<String> verdicts() {
        return verdicts;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void count(HttpExchange exchange) throws IOException {
        String openId = exchange.getRequestHeaders().getFirst("X-WX-OPENID");
        if (openId == null) {
            answer(exchange, 401, "who are you?");
        } else {
            answer(exchange, 200, "{\"count\":" + visits.merge(openId, 1, Integer::sum) + "}");
        }
    }

    private void push(HttpExchange exchange) throws IOException {
        JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes());
        if (message.path("action").asString("").equals("CheckContainerPath")) {
            answer(exchange, 200, "success");
        } else if (exchange.getRequestHeaders().getFirst("x-wx-source") == null) {
            answer(exchange, 403, "not from WeChat");
        } else {
            verdicts.add(verdict(
                    message.path("FromUserName").asString(),
                    message.path("Content").asString()));
            answer(exchange, 200, "success");
        }
    }

    private String verdict(String openId, String content) throws IOException {
        String body = JSON.createObjectNode()
                .put("version", 2)
                .put("scene", 2)
                .put("openid", openId)
                .put("content", content)
                .toString();
        HttpRequest request = HttpRequest.newBuilder(CHECK)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            JsonNode answer =
                    JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
            return content + " " + answer.path("errcode").asInt(-9) + " "
                    + answer.path("result").path("suggest").asString("");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}

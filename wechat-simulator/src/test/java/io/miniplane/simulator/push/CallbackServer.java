package io.miniplane.simulator.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A server that gets pushes: it answers the URL check, remembers each letter and answers as the test wishes. */
public final class CallbackServer implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Letter> letters = new ConcurrentLinkedQueue<>();
    private final HttpServer http;
    private volatile UnaryOperator<String> answer = body -> "success";
    private volatile UnaryOperator<String> echo = echoed -> echoed;
    private volatile int status = 200;

    /** Starts on a free port. */
    public CallbackServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    /** What came: the query as sent, and the body. */
    public record Letter(String query, String contentType, String body) {}

    /** Where it listens. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/push");
    }

    /** What came so far. */
    public List<Letter> letters() {
        return List.copyOf(letters);
    }

    /** Answers pushes with this status and what the function makes of the body. */
    public void answer(int newStatus, UnaryOperator<String> newAnswer) {
        status = newStatus;
        answer = newAnswer;
    }

    void echo(UnaryOperator<String> newEcho) {
        echo = newEcho;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean check = exchange.getRequestMethod().equals("GET");
            if (!check) {
                letters.add(new Letter(query, exchange.getRequestHeaders().getFirst("Content-Type"), body));
            }
            String said = check ? echo.apply(query.replaceAll(".*echostr=", "")) : answer.apply(body);
            byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(check ? 200 : status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
    }
}

package io.miniplane.server.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The container of a team: takes down what it is posted, and answers as a test wants. */
public final class TestContainer implements AutoCloseable {

    private final int port;
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private volatile Function<Posted, Integer> answers = letter -> 200;
    private HttpServer server;

    /** On a free port. */
    public TestContainer() {
        server = listen(0);
        port = server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What it was posted and answered 2xx, oldest first. */
    public List<Posted> taken(String path) {
        return posted.stream()
                .filter(letter -> letter.path().equals(path) && letter.status() < 300)
                .toList();
    }

    /** All that it was posted. */
    public List<Posted> posted(String path) {
        return posted.stream().filter(letter -> letter.path().equals(path)).toList();
    }

    public void answers(Function<Posted, Integer> status) {
        answers = status;
    }

    /** Dies without a word. */
    public void kill() {
        server.stop(0);
    }

    /** Comes back at the same address. */
    public void revive() {
        server = listen(port);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private HttpServer listen(int wanted) {
        try {
            HttpServer listening =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            listening.createContext("/", this::handle);
            listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Posted letter = new Posted(exchange.getRequestURI().toString(), headers, body, 0);
        int status = answers.apply(letter);
        posted.add(new Posted(letter.path(), headers, body, status));
        byte[] success = "success".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, success.length);
        exchange.getResponseBody().write(success);
        exchange.close();
    }

    /**
     * What it was posted.
     *
     * @param status what it answered
     */
    public record Posted(String path, Map<String, String> headers, String body, int status) {}
}

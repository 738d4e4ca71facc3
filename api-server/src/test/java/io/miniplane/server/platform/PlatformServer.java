package io.miniplane.server.platform;

import io.miniplane.server.platform.observability.ManagementServer;
import io.miniplane.trial.PlatformApplication;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The platform in this JVM, on real ports. */
final class PlatformServer implements AutoCloseable {

    final ConfigurableApplicationContext context;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private PlatformServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static PlatformServer start(String... more) {
        return on(Postgres.port(), more);
    }

    static PlatformServer on(int databasePort, String... more) {
        String[] arguments = Postgres.arguments(databasePort, more).toArray(String[]::new);
        return new PlatformServer(SpringApplication.run(PlatformApplication.class, arguments));
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(request(port(), path, headers));
    }

    HttpResponse<String> management(String path) throws Exception {
        return send(request(context.getBean(ManagementServer.class).port(), path));
    }

    HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
        return send(request(port(), path, "Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder request(int port, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Sends bytes as they are and reads what comes until the server closes. */
    String raw(String bytes) throws IOException {
        try (Socket socket = new Socket("localhost", port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}

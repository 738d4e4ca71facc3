package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepAliveIT {

    private static Backend backend;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        api = backend.startServer();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void aConnectionIsReadOnAfterAQueuedRequestWasAnsweredAtOnce() throws IOException {
        String asksTheDatabase = request(api.logIn(backend.loginCode()).token());
        String isRefusedAtOnce = request("no-token");
        try (Socket connection =
                new Socket(InetAddress.getLoopbackAddress(), api.base().getPort())) {
            connection.setSoTimeout(10_000);
            var answers =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            send(connection, asksTheDatabase + isRefusedAtOnce);
            assertThat(List.of(status(answers), status(answers))).containsExactly(200, 401);
            send(connection, isRefusedAtOnce);
            assertThat(status(answers)).isEqualTo(401);
        }
    }

    private static String request(String token) {
        return "GET " + Api.ME + " HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    }

    private static void send(Socket connection, String requests) throws IOException {
        connection.getOutputStream().write(requests.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads one answer to its end and gives its status. */
    private static int status(BufferedReader answers) throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
            head.add(line);
        }
        int length = head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .sum();
        assertThat(answers.skip(length)).isEqualTo(length);
        return Integer.parseInt(head.getFirst().split(" ", -1)[1]);
    }
}

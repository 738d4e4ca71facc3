package io.miniplane.operator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PodDiagnosticsTest {

    private static final String TOLD = """
            {"version":1,"program":{"version":"0.1.0","java":"25","springBoot":"4"},
             "configuration":{"miniplane.app-id":"wx0123456789abcdef","miniplane.wechat.app-secret":"(set)"},
             "pool":{"acquired":3,"idle":2,"waiting":0,"most":20},
             "breakers":{"wechat-login":"closed","wechat-pay":"open"},
             "traces":{"exported":7,"lost":512,"isFailing":true},
             "signals":{"role":"WORKER","database":"UP","broker":"DOWN",
              "queues":[{"name":"orders.confirmation","ready":4},{"name":"notifications.buyers"}],
              "keys":[{"keyset":"data","primary":17,"all":[17]}]},
             "failures":[{"at":"2026-11-29T10:00:00Z","what":"POST /api/v1/orders: 50000",
              "traceId":"0af7651916cd43dd8448eb211c80319c","causes":["a.Outer","b.Inner"]}]}
            """;

    @Test
    void everyServerHasALineAndEveryFailureItsTrace() throws IOException {
        String shown = shown(200, TOLD);
        assertThat(shown.lines().filter(line -> line.startsWith("shop-worker-1")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "worker", "0.1.0", "UP", "DOWN", "3/20", "orders.confirmation=4,notifications.buyers=?")
                        .contains("data=17", "wechat-pay=open", "failing: 7, 512 lost"));
        assertThat(shown)
                .containsPattern("miniplane.wechat.app-secret +\\(set\\)")
                .containsPattern("0af7651916cd43dd8448eb211c80319c +POST /api/v1/orders: 50000 +a.Outer,b.Inner");
    }

    @Test
    void aServerThatDoesNotTellIsNamed() throws IOException {
        assertThat(shown(403, "{}")).contains("shop-worker-1 does not tell: it answers 403");
    }

    private static String shown(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/internal/diagnostics", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        try {
            var diagnostics = new PodDiagnostics();
            diagnostics.add(
                    "shop-worker-1",
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
            var text = new StringWriter();
            diagnostics.print(new PrintWriter(text, true));
            return text.toString();
        } finally {
            server.stop(0);
        }
    }
}

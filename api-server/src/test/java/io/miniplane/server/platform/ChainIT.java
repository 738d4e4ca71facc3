package io.miniplane.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.server.WebFilter;

class ChainIT {

    private static PlatformServer server;

    @BeforeAll
    static void start() {
        server = PlatformServer.start("--miniplane.rate-limit.requests=5", "--miniplane.rate-limit.period=1h");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void filtersStandInTheirOrder() {
        List<String> names = server.context
                .getBeanProvider(WebFilter.class)
                .orderedStream()
                .map(filter -> filter.getClass().getSimpleName())
                .filter(name -> !name.equals("ServerWebExchangeReactorContextWebFilter"))
                .toList();
        assertThat(names)
                .containsSubsequence(
                        "TraceFilter",
                        "OriginFilter",
                        "RateLimitFilter",
                        "WebFilterChainProxy",
                        "CallerFilter",
                        "BodyLimitFilter");
        assertThat(names.getFirst()).isEqualTo("TraceFilter");
        assertThat(names.getLast()).isEqualTo("BodyLimitFilter");
    }

    @Test
    void oneClientIsTurnedAwayAndAnotherIsNot() throws Exception {
        HttpResponse<String> last = null;
        for (int i = 0; i < 6; i++) {
            last = from("203.0.113.7");
        }
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.body()).contains("\"code\":42900");
        assertThat(last.headers().firstValue("Retry-After")).contains("720");
        assertThat(last.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(from("203.0.113.8").statusCode()).isEqualTo(200);
    }

    @Test
    void anAddressThatAClientMadeUpIsNotBelieved() throws Exception {
        HttpResponse<String> last = null;
        for (int i = 0; i < 6; i++) {
            last = from("198.51.100." + i + ", 203.0.113.9");
        }
        assertThat(last.statusCode()).isEqualTo(429);
    }

    @Test
    void theAddressesOfOneIpv6NetworkAreOneClient() throws Exception {
        HttpResponse<String> last = null;
        for (int i = 0; i < 6; i++) {
            last = from("2001:db8:0:1::" + i);
        }
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(from("2001:db8:0:2::1").statusCode()).isEqualTo(200);
    }

    @Test
    void rateLimitComesBeforeAuthentication() throws Exception {
        HttpResponse<String> last = null;
        for (int i = 0; i < 6; i++) {
            last = server.get("/closed", "X-Forwarded-For", "203.0.113.10");
        }
        assertThat(last.statusCode()).isEqualTo(429);
    }

    @Test
    void authenticationComesBeforeTheBody() throws Exception {
        HttpResponse<String> answer = server.send(server.request(
                        server.port(), "/closed", "Content-Type", "application/json", "X-Forwarded-For", "203.0.113.11")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(new byte[1024 * 1024 + 1])));
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void aWellFormedRequestIdComesBack() throws Exception {
        assertThat(requestId("order-17_a.b")).isEqualTo("order-17_a.b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"has space", "quote\"", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ""})
    void anyOtherRequestIdIsReplaced(String offered) throws Exception {
        assertThat(requestId(offered)).matches("[0-9a-f]{32}");
    }

    @Test
    void theTraceOfTheCallerGoesOn() throws Exception {
        HttpResponse<String> answer = server.get(
                "/nowhere",
                "X-Forwarded-For",
                "203.0.113.12",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(answer.body()).contains("\"traceId\":\"0af7651916cd43dd8448eb211c80319c\"");
    }

    @Test
    void manyAtOnceAreCountedOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> call = () -> from("203.0.113.13").statusCode();
            List<Future<Integer>> answers = threads.invokeAll(java.util.Collections.nCopies(20, call));
            assertThat(answers.stream().map(Future::resultNow).filter(status -> status == 200))
                    .hasSize(5);
        }
    }

    private static String requestId(String offered) throws Exception {
        return server.get(
                        "/things/1",
                        "X-Request-Id",
                        offered,
                        "X-Forwarded-For",
                        "192.0.2." + Math.floorMod(offered.hashCode(), 250))
                .headers()
                .firstValue("X-Request-Id")
                .orElseThrow();
    }

    private static HttpResponse<String> from(String address) throws Exception {
        return server.get("/things/1", "X-Forwarded-For", address);
    }
}

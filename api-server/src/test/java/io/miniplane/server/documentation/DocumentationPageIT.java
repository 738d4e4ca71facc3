package io.miniplane.server.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentationPageIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern LINKS = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

    @TempDir
    private static Path folder;

    private static Backend backend;
    private static Api server;

    @BeforeAll
    static void start() {
        backend = new Backend(folder);
        server = backend.startServer();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void everyPartOfThePageIsThereAndComesFromThisServer() throws Exception {
        String page = text(get("/docs"));
        assertThat(LINKS.matcher(page).results().map(link -> link.group(1)))
                .hasSizeGreaterThan(4)
                .filteredOn(link -> !link.equals("data:,"))
                .allSatisfy(link -> {
                    assertThat(link).doesNotContain(":", "//");
                    assertThat(get("/" + link).statusCode()).as(link).isEqualTo(200);
                });
    }

    @Test
    void thePageMayRunNothingButItsOwnScripts() throws Exception {
        HttpResponse<byte[]> page = get("/docs");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
                        .doesNotContain("unsafe"));
        assertThat(text(page)).doesNotContain("<style", "onload", "javascript:").doesNotContainPattern("<script>");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @ParameterizedTest
    @CsvSource({
        "/openapi.json, application/json",
        "/docs, text/html;charset=UTF-8",
        "/docs/page.js, text/javascript;charset=UTF-8",
        "/docs/swagger-ui.css, text/css;charset=UTF-8"
    })
    void whatIsServedHasItsTypeAndMayBeKept(String path, String type) throws Exception {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("max-age=300, public");
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> again = get(path, "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get(path, "If-None-Match", "W/\"another\"").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br, gzip;q=0.5", "deflate, GZIP , br"})
    void whoeverTakesGzipGetsIt(String accepted) throws Exception {
        HttpResponse<byte[]> small = get("/openapi.json", "Accept-Encoding", accepted);
        assertThat(small.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(small.headers().allValues("Vary")).contains("Accept-Encoding");
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(small.body()))) {
            assertThat(stream.readAllBytes()).isEqualTo(get("/openapi.json").body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "gzip; q=0.0", "notgzip", "br"})
    void whoeverTakesNoGzipGetsNone(String accepted) throws Exception {
        assertThat(get("/openapi.json", "Accept-Encoding", accepted).headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/nothing.js", "/docs/page.html", "/docs/swagger-ui.js"})
    void nothingElseIsServed(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.base().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}

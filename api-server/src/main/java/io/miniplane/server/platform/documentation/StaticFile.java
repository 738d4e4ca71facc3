package io.miniplane.server.platform.documentation;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A file of the class path. It is read when it is first asked for and stays in memory, compressed too where that is smaller. */
final class StaticFile {

    private static final Duration CACHED = Duration.ofMinutes(5);
    private static final Pattern TAKES_GZIP =
            Pattern.compile("(?i)(^|.*,)\\s*gzip\\s*(;\\s*q=(0?\\.\\d*[1-9]\\d*|1(\\.0*)?)\\s*)?(,.*|$)");

    private final MediaType type;
    private final Mono<Content> content;

    StaticFile(String resource, MediaType type) {
        this.type = type;
        this.content = Mono.fromCallable(() -> Content.read(resource))
                .subscribeOn(Schedulers.boundedElastic())
                .cache();
    }

    /** The file, or 304 where the caller has it already. */
    Mono<ServerResponse> answer(ServerRequest request, Consumer<HttpHeaders> more) {
        return content.flatMap(file ->
                request.checkNotModified(file.tag).switchIfEmpty(Mono.defer(() -> answer(file, request, more))));
    }

    private Mono<ServerResponse> answer(Content file, ServerRequest request, Consumer<HttpHeaders> more) {
        boolean compressed = takesGzip(request);
        ServerResponse.BodyBuilder answer = ServerResponse.ok()
                .contentType(type)
                .eTag(file.tag)
                .cacheControl(CacheControl.maxAge(CACHED).cachePublic())
                .varyBy(HttpHeaders.ACCEPT_ENCODING)
                .headers(more);
        return compressed
                ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").bodyValue(file.gzip)
                : answer.bodyValue(file.plain);
    }

    private static boolean takesGzip(ServerRequest request) {
        String accepted = String.join(",", request.headers().header(HttpHeaders.ACCEPT_ENCODING));
        return TAKES_GZIP.matcher(accepted).matches();
    }

    /** Both forms of a file; the tag is weak because they share it. */
    private static final class Content {

        private final byte[] plain;
        private final byte[] gzip;
        private final String tag;

        private Content(byte[] plain, byte[] gzip, String tag) {
            this.plain = plain;
            this.gzip = gzip;
            this.tag = tag;
        }

        static Content read(String resource) throws IOException, NoSuchAlgorithmException {
            try (InputStream stream = StaticFile.class.getResourceAsStream(resource)) {
                if (stream == null) {
                    throw new FileNotFoundException("The server was built without " + resource);
                }
                byte[] plain = stream.readAllBytes();
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain);
                String tag = "W/\"" + HexFormat.of().formatHex(digest, 0, 8) + "\"";
                return new Content(plain, compressed(plain), tag);
            }
        }

        private static byte[] compressed(byte[] plain) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(plain);
            }
            return bytes.toByteArray();
        }
    }
}

package io.miniplane.server.platform;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The successful answers of the HTTP API; a refusal is a {@link Failure}, thrown or signalled. */
public final class Answers {

    private static final String SUCCESS = "Success";

    private Answers() {}

    /** 200 with data. */
    public static Mono<ServerResponse> ok(Object data) {
        return answer(ServerResponse.ok(), HttpStatus.OK, data);
    }

    /** 200 where there is nothing to tell but that it is done. */
    public static Mono<ServerResponse> done() {
        return answer(ServerResponse.ok(), HttpStatus.OK, null);
    }

    /** 202 with what names the thing that was taken and is done later. */
    public static Mono<ServerResponse> accepted(Object data) {
        return answer(ServerResponse.accepted(), HttpStatus.ACCEPTED, data);
    }

    /** 201 with what was made and where it is from now on. */
    public static Mono<ServerResponse> created(URI location, Object data) {
        return answer(ServerResponse.created(location), HttpStatus.CREATED, data);
    }

    /** 200 with data of which the tag names the version, and of which the form depends on what is accepted. */
    public static Mono<ServerResponse> ok(Object data, String tag) {
        return answer(ServerResponse.ok().eTag(tag).varyBy(HttpHeaders.ACCEPT), HttpStatus.OK, data);
    }

    private static Mono<ServerResponse> answer(
            ServerResponse.BodyBuilder builder, HttpStatus status, @Nullable Object data) {
        return builder.contentType(MediaType.APPLICATION_JSON).bodyValue(new Envelope(status.value(), SUCCESS, data));
    }

    private record Envelope(
            int code, String message, @Nullable Object data) {}
}

package io.miniplane.server.platform.web;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.miniplane.server.platform.ErrorCode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** The body of an error answer: the envelope, or RFC 9457 where the caller names that media type. */
final class FailureBody {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final MediaType type;
    private final byte[] bytes;

    private FailureBody(MediaType type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    MediaType type() {
        return type;
    }

    byte[] bytes() {
        return bytes;
    }

    static FailureBody of(ErrorCode code, List<Object> arguments, String traceId, HttpHeaders asked) {
        Locale language = Messages.language(asked);
        String message = Messages.sentence(code, arguments, language);
        return wantsProblem(asked)
                ? new FailureBody(MediaType.APPLICATION_PROBLEM_JSON, bytes(problem(code, message, traceId)))
                : new FailureBody(
                        MediaType.APPLICATION_JSON, bytes(new Envelope(code.value(), message, null, traceId)));
    }

    private static boolean wantsProblem(HttpHeaders asked) {
        try {
            return asked.getAccept().stream().anyMatch(MediaType.APPLICATION_PROBLEM_JSON::equalsTypeAndSubtype);
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    private static Problem problem(ErrorCode code, String message, String traceId) {
        HttpStatus status = HttpStatus.resolve(code.status());
        return new Problem(
                URI.create("urn:miniplane:error:" + code.value()),
                status == null ? "Error" : status.getReasonPhrase(),
                code.status(),
                message,
                code.value(),
                traceId);
    }

    private static byte[] bytes(Object body) {
        return MAPPER.writeValueAsBytes(body);
    }

    @JsonPropertyOrder({"code", "message", "data", "traceId"})
    private record Envelope(
            int code, String message, @Nullable Object data, String traceId) {}

    @JsonPropertyOrder({"type", "title", "status", "detail", "code", "traceId"})
    private record Problem(URI type, String title, int status, String detail, int code, String traceId) {}
}

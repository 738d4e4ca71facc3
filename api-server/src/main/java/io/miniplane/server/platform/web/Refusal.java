package io.miniplane.server.platform.web;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Reason;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidTypeIdException;

/** Tells which failure stands behind an error that is not one yet. */
final class Refusal {

    private static final int DEEPEST = 16;
    private static final Duration DATABASE_WAIT = Duration.ofSeconds(2);

    private Refusal() {}

    /** The failure that the caller is told; 50000 where the error is our own fault. */
    static Failure of(Throwable error) {
        return causes(error)
                .map(Refusal::known)
                .filter(failure -> !failure.code().equals(Refusals.INTERNAL))
                .findFirst()
                .orElseGet(() -> new Failure(Refusals.INTERNAL, null, error));
    }

    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause).limit(DEEPEST).toList().reversed().stream();
    }

    private static Failure known(Throwable error) {
        return switch (error) {
            case Failure failure -> failure;
            case DataBufferLimitException _ -> new Failure(Refusals.BODY_TOO_LARGE, "1 MiB");
            case StreamReadException json -> new Failure(Refusals.BAD_REQUEST, malformed(json));
            case InvalidTypeIdException _ -> new Failure(Refusals.BAD_REQUEST, Reason.of("unknown-type"));
            case DatabindException json -> new Failure(Refusals.BAD_REQUEST, wrongField(json.getPath()));
            case InvalidMediaTypeException _ -> new Failure(Refusals.UNSUPPORTED_MEDIA_TYPE);
            case DecodingException _ -> new Failure(Refusals.BAD_REQUEST, Reason.of("unreadable"));
            case AuthenticationException _ -> new Failure(Refusals.NO_TOKEN);
            case AccessDeniedException _ -> new Failure(Refusals.FORBIDDEN);
            case ResponseStatusException answered -> ofStatus(answered);
            default ->
                isDatabaseGone(error)
                        ? new Failure(Refusals.DATABASE_UNAVAILABLE, DATABASE_WAIT, error)
                        : new Failure(Refusals.INTERNAL);
        };
    }

    private static Failure ofStatus(ResponseStatusException answered) {
        ErrorCode code =
                switch (answered.getStatusCode().value()) {
                    case 404 -> Refusals.NOT_FOUND;
                    case 405 -> Refusals.METHOD_NOT_ALLOWED;
                    case 406 -> Refusals.NOT_ACCEPTABLE;
                    case 413 -> Refusals.BODY_TOO_LARGE;
                    case 415 -> Refusals.UNSUPPORTED_MEDIA_TYPE;
                    default -> answered.getStatusCode().is4xxClientError() ? Refusals.BAD_REQUEST : Refusals.INTERNAL;
                };
        return code.equals(Refusals.BAD_REQUEST)
                ? new Failure(code, Reason.of("unreadable"))
                : new Failure(code, "1 MiB", "");
    }

    private static Reason malformed(StreamReadException json) {
        return Reason.of(
                String.valueOf(json.getOriginalMessage()).startsWith("Duplicate")
                        ? "duplicate-field"
                        : "malformed-json");
    }

    /** Names the field and nothing of its value; a field's name is ours wherever a path exists. */
    private static Reason wrongField(List<Reference> path) {
        String field = path.stream()
                .map(reference -> reference.getPropertyName() == null
                        ? "[" + reference.getIndex() + "]"
                        : reference.getPropertyName())
                .reduce((outer, inner) -> outer + "." + inner)
                .orElse("");
        return field.isEmpty() ? Reason.of("unreadable") : Reason.of("wrong-field", field);
    }

    private static boolean isDatabaseGone(Throwable error) {
        return error instanceof DataAccessResourceFailureException
                || error instanceof QueryTimeoutException
                || error instanceof R2dbcNonTransientResourceException
                || error instanceof R2dbcTransientResourceException
                || error instanceof R2dbcTimeoutException;
    }
}

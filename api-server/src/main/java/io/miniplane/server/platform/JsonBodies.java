package io.miniplane.server.platform;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Reads JSON request bodies and checks them against their Jakarta Validation constraints. */
@Component
public final class JsonBodies {

    private static final ErrorCode BAD_REQUEST = new ErrorCode(40000);
    private static final ErrorCode UNSUPPORTED_MEDIA_TYPE = new ErrorCode(41500);

    private final Validator validator;

    JsonBodies(Validator validator) {
        this.validator = validator;
    }

    /**
     * The body of a request as a checked value. What is absent, malformed or breaks a constraint is answered as 40000 with the field and what to
     * change. The message of a constraint is the key of a {@link Reason} whose text says what to send; it names the field as {0} and the
     * constraint's {@code max} as {1}, and never the value.
     */
    public <T> Mono<T> read(ServerRequest request, Class<T> type) {
        if (!isUtf8(request)) {
            return Mono.error(new Failure(UNSUPPORTED_MEDIA_TYPE));
        }
        return request.bodyToMono(type)
                .switchIfEmpty(Mono.error(() -> new Failure(BAD_REQUEST, Reason.of("empty-body"))))
                .map(this::checked);
    }

    private static boolean isUtf8(ServerRequest request) {
        return request.headers()
                .contentType()
                .map(MediaType::getCharset)
                .map(StandardCharsets.UTF_8::equals)
                .orElse(true);
    }

    private <T> T checked(T body) {
        validator.validate(body).stream()
                .min(Comparator.comparing(
                        violation -> violation.getPropertyPath().toString()))
                .ifPresent(JsonBodies::refuse);
        return body;
    }

    private static void refuse(ConstraintViolation<?> violation) {
        String field = violation.getPropertyPath().toString();
        Object limit = violation.getConstraintDescriptor().getAttributes().getOrDefault("max", "");
        throw new Failure(BAD_REQUEST, Reason.of(violation.getMessage(), field, limit));
    }
}

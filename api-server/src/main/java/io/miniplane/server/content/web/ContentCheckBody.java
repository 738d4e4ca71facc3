package io.miniplane.server.content.web;

import io.miniplane.server.content.application.ContentCheck;
import io.miniplane.server.content.application.Outcome;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The check of a file as its owner sees it; {@code createdAt} is UTC in ISO 8601. */
record ContentCheckBody(
        UUID id,
        String type,
        String scene,
        String url,
        String status,
        @Nullable String suggestion,
        @Nullable String label,
        Instant createdAt) {

    static ContentCheckBody of(ContentCheck check) {
        return switch (check.outcome()) {
            case Outcome.Pending() -> of(check, "pending", null, null);
            case Outcome.Failed() -> of(check, "failed", null, null);
            case Outcome.Judged(var suggestion, var label) ->
                of(check, "done", VerdictBody.lower(suggestion), VerdictBody.lower(label));
        };
    }

    private static ContentCheckBody of(
            ContentCheck check, String status, @Nullable String suggestion, @Nullable String label) {
        return new ContentCheckBody(
                check.id(),
                VerdictBody.lower(check.file().type()),
                VerdictBody.lower(check.file().scene()),
                check.file().url().toString(),
                status,
                suggestion,
                label,
                check.createdAt());
    }

    @Override
    public String toString() {
        return "ContentCheckBody[redacted]";
    }
}

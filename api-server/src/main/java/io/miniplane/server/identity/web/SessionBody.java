package io.miniplane.server.identity.web;

import io.miniplane.server.identity.domain.LiveSession;
import io.miniplane.server.platform.security.SessionId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session as its user sees it; times are UTC in ISO 8601, {@code current} marks the one that asks. */
record SessionBody(UUID id, Instant createdAt, @Nullable Instant lastRefreshedAt, String client, boolean current) {

    static SessionBody of(LiveSession session, SessionId asking) {
        return new SessionBody(
                session.id().value(),
                session.createdAt(),
                session.lastRefreshedAt(),
                session.client().name().toLowerCase(Locale.ROOT),
                session.id().equals(asking));
    }
}

package io.miniplane.server.identity.domain;

import io.miniplane.server.platform.security.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session that has not ended.
 *
 * @param id its id
 * @param createdAt when its user logged in
 * @param lastRefreshedAt when it last got new tokens, or null where it has its first ones
 * @param client from what it was opened
 */
public record LiveSession(
        SessionId id, Instant createdAt, @Nullable Instant lastRefreshedAt, ClientKind client) {}

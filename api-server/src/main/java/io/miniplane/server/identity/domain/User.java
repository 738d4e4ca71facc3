package io.miniplane.server.identity.domain;

import io.miniplane.server.platform.security.UserId;
import java.time.Instant;

/**
 * A user of the mini-program.
 *
 * @param id who it is
 * @param profile what they tell about themselves
 * @param createdAt when they logged in for the first time
 */
public record User(UserId id, Profile profile, Instant createdAt) {}

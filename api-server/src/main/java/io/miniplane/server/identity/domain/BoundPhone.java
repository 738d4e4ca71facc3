package io.miniplane.server.identity.domain;

import java.time.Instant;

/**
 * A phone number that a user has bound to their account.
 *
 * @param phone the number
 * @param boundAt since when
 */
public record BoundPhone(Phone phone, Instant boundAt) {}

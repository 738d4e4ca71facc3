package io.miniplane.server.platform.security;

import java.time.Duration;

/**
 * How long the access tokens that this backend signs are good for at most: a signing key may go when it has not signed for so long.
 *
 * @param duration 1 minute to 24 hours
 */
public record TokenLifetime(Duration duration) {}

package io.miniplane.server.inventory.application;

import io.miniplane.server.platform.IdempotencyKey;
import io.miniplane.server.platform.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who of the staff asks for something new.
 *
 * @param who asks
 * @param key under which it can be asked again, or null
 */
public record Asked(Caller.Staff who, @Nullable IdempotencyKey key) {}

package io.miniplane.server.platform;

import reactor.core.publisher.Mono;

/** Tells whoever wants to stop what stands behind this server when no request needs it any more. */
@FunctionalInterface
public interface Drain {

    /** Ends when nothing is under way and nothing new has come for a while, or when that has taken too long to wait for. */
    Mono<Void> drained();
}

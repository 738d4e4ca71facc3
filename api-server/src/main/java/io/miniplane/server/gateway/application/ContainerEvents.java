package io.miniplane.server.gateway.application;

import reactor.core.publisher.Mono;

/** Where events of the container are kept until they are delivered. */
public interface ContainerEvents {

    /** Keeps an event for good, unless it was kept before. */
    Mono<Void> keep(ContainerEvent event);
}

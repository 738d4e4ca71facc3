package io.miniplane.trespass.platform.crypto;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Breaks the rule on purpose: only its neighbour may wait. */
class VaultTransitNeighbour {

    String waits() {
        return Mono.just("a").block(Duration.ofSeconds(1));
    }
}

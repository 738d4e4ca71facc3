package io.miniplane.trespass.platform.tasks;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** May wait with a limit, as its namesake may; breaks the rule on purpose where there is none. */
class TaskRunner {

    String waitsALittle() {
        return Mono.just("a").block(Duration.ofSeconds(1));
    }

    String waitsForEver() {
        return Mono.just("a").block();
    }
}

package io.miniplane.server.order;

import io.miniplane.server.stage.Api.Answer;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** A client that asks again until it gets the answer that it wants. */
final class Persistence {

    private Persistence() {}

    static Answer ask(Supplier<Answer> question, Predicate<Answer> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .pollInSameThread()
                .ignoreExceptions()
                .until(question::get, wanted);
    }
}

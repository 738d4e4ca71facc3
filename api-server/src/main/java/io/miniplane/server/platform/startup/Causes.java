package io.miniplane.server.platform.startup;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The chain of causes of a failure. */
final class Causes {

    private static final int DEEPEST = 32;

    private Causes() {}

    /** The failure and what lies beneath it, the deepest first. */
    static List<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .toList()
                .reversed();
    }
}

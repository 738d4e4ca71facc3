package io.miniplane.server.platform.tracing;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why something failed, in classes and places alone. What an exception says may quote a statement, an address or what a person sent, so no message is
 * ever part of it.
 */
public final class CauseChain {

    private static final int DEEPEST = 16;
    private static final int FRAMES = 40;

    private final List<Throwable> causes;

    private CauseChain(List<Throwable> causes) {
        this.causes = causes;
    }

    /** The failure and what lies beneath it, at most 16 of them. */
    public static CauseChain of(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return new CauseChain(Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .takeWhile(seen::add)
                .limit(DEEPEST)
                .toList());
    }

    /** The names of the classes, the failure itself first. */
    public List<String> names() {
        return causes.stream().map(cause -> cause.getClass().getName()).toList();
    }

    /** The names in one line, each followed by what caused it. */
    @Override
    public String toString() {
        return String.join(" < ", names());
    }

    /** The stack trace as Java prints it, without messages and with the 40 innermost frames of each cause. */
    String stackTrace() {
        return causes.stream().map(CauseChain::frames).collect(Collectors.joining("\nCaused by: "));
    }

    private static String frames(Throwable cause) {
        return Stream.concat(
                        Stream.of(cause.getClass().getName()),
                        Stream.of(cause.getStackTrace()).limit(FRAMES).map(frame -> "\tat " + frame))
                .collect(Collectors.joining("\n"));
    }
}

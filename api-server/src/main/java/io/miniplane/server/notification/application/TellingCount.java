package io.miniplane.server.notification.application;

/** Counts what came of telling buyers. */
@FunctionalInterface
public interface TellingCount {

    /** Once more. */
    void add(Told told);
}

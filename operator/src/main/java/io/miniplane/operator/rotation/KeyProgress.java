package io.miniplane.operator.rotation;

import java.time.Duration;
import java.util.Optional;

/**
 * How the replacement of a backend's keys goes.
 *
 * @param waitsFor what it waits for, for people
 * @param lookAgain when it is worth another look even if nothing happens
 */
public record KeyProgress(Optional<String> waitsFor, Optional<Duration> lookAgain) {

    /** There is nothing to do. */
    public static final KeyProgress NONE = new KeyProgress(Optional.empty(), Optional.empty());

    static KeyProgress waiting(String why) {
        return new KeyProgress(Optional.of(why), Optional.empty());
    }

    static KeyProgress lookingAgain(Duration when) {
        return new KeyProgress(Optional.empty(), Optional.of(when));
    }
}

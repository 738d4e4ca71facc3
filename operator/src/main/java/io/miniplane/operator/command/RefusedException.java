package io.miniplane.operator.command;

/** What was asked for can't be done; the message says what to change. */
final class RefusedException extends RuntimeException {

    RefusedException(String message) {
        super(message);
    }
}

package io.miniplane.server.platform.events;

/** The broker cannot be reached or takes nothing in now; what was meant for it waits. */
final class BrokerAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokerAwayException(String message) {
        super(message);
    }
}

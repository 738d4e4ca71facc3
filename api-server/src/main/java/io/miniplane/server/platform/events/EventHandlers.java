package io.miniplane.server.platform.events;

import java.util.List;

/**
 * The handlers of a module, which contributes them as a bean.
 *
 * @param handlers each with a queue of its own
 */
public record EventHandlers(List<? extends EventHandler> handlers) {

    /** Takes the handlers as they are now. */
    public EventHandlers {
        handlers = List.copyOf(handlers);
    }

    /** The given handlers. */
    public static EventHandlers of(EventHandler... handlers) {
        return new EventHandlers(List.of(handlers));
    }
}

package io.miniplane.server.wechat;

import io.miniplane.server.platform.events.EventHandler;
import reactor.core.publisher.Mono;

/**
 * Does something about one kind of pushed message, whatever the form in which it came. A module contributes it as a bean; each has a queue of its
 * own, so that one that fails holds up no other. WeChat has its answer long before.
 *
 * @param <T> the kind
 */
public interface PushHandler<T extends PushMessage> {

    /** The name of its queue after {@code wechat-push.}, lower-case letters, digits and hyphens. It is stored, so it is not renamed lightly. */
    String name();

    /** The kind that it wants. */
    Class<T> type();

    /** Where it acts, and so what a repetition can do. */
    default EventHandler.Effect effect() {
        return EventHandler.Effect.DATABASE;
    }

    /** Handles one message; an error means that it shall be tried again. */
    Mono<Void> handle(T message);
}

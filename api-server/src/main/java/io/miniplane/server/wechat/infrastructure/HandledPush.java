package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandler;
import io.miniplane.server.wechat.PushHandler;
import io.miniplane.server.wechat.PushMessage;
import io.miniplane.server.wechat.domain.PushKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Hands pushed messages from a queue to their handler.
 *
 * @param handler the handler
 * @param <T> its kind
 */
record HandledPush<T extends PushMessage>(PushHandler<T> handler) implements EventHandler {

    static final String QUEUE = "wechat-push.";

    /** The kinds that the handler wants: one, or all where it asks for {@link PushMessage} itself. */
    Set<PushKind> kinds() {
        return Arrays.stream(PushKind.values())
                .filter(kind -> handler.type().isAssignableFrom(kind.type()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(PushKind.class)));
    }

    @Override
    public String queue() {
        return QUEUE + handler.name();
    }

    @Override
    public Set<String> types() {
        return kinds().stream().map(PushKind::eventType).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Effect effect() {
        return handler.effect();
    }

    @Override
    public Mono<Void> handle(DomainEvent event) {
        return handler.handle(handler.type().cast(PushKind.read(JsonPush.read(event.data()))));
    }
}

package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandler;
import io.miniplane.server.wechat.PushForwarder;
import io.miniplane.server.wechat.domain.PushKind;
import io.miniplane.server.wechat.domain.PushTree;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Hands pushed messages from a queue to their forwarder.
 *
 * @param forwarder the forwarder
 * @param kinds what it gets; of unknown kinds those that it asks for by name
 */
record ForwardedPush(PushForwarder forwarder, Set<PushKind> kinds) implements EventHandler {

    /** @param handled the kinds that handlers want, which a forwarder gets only where it names them */
    static ForwardedPush of(PushForwarder forwarder, Set<PushKind> handled) {
        Set<PushKind> kinds = EnumSet.noneOf(PushKind.class);
        for (PushKind kind : PushKind.values()) {
            boolean isAsked = forwarder.kinds().isEmpty()
                    ? !handled.contains(kind)
                    : forwarder.kinds().stream().anyMatch(kind::isCalled);
            if (isAsked) {
                kinds.add(kind);
            }
        }
        if (forwarder.kinds().stream().anyMatch(ForwardedPush::mayBeUnknown)) {
            kinds.add(PushKind.UNKNOWN);
        }
        return new ForwardedPush(forwarder, kinds);
    }

    private static boolean mayBeUnknown(String name) {
        return name.equals(PushKind.EVENT) || Arrays.stream(PushKind.values()).noneMatch(kind -> kind.isCalled(name));
    }

    @Override
    public String queue() {
        return HandledPush.QUEUE + forwarder.name();
    }

    @Override
    public Set<String> types() {
        return kinds.stream().map(PushKind::eventType).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Effect effect() {
        return Effect.ELSEWHERE;
    }

    @Override
    public Mono<Void> handle(DomainEvent event) {
        return Mono.defer(() -> {
            PushTree message = JsonPush.read(event.data());
            return isAsked(message)
                    ? forwarder.forward(new PushForwarder.Message(message.text("FromUserName"), event.data()))
                    : Mono.empty();
        });
    }

    private boolean isAsked(PushTree message) {
        return PushKind.of(message) != PushKind.UNKNOWN
                || forwarder.kinds().isEmpty()
                || forwarder.kinds().stream().anyMatch(name -> PushKind.isCalled(message, name));
    }
}

package io.miniplane.server.gateway.infrastructure;

import io.miniplane.server.gateway.application.Container;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandler;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the container what WeChat Pay notified: what was encrypted, as it was written.
 *
 * @param path where it wants that
 * @param headers of the request
 * @param container who is told
 */
record PayCallback(String path, Map<String, String> headers, Container container) implements EventHandler {

    /** What payments write of a notification; news that were found out by asking have no {@code resource}. */
    private static final String NEWS = "payment.news";

    @Override
    public String queue() {
        return "container.pay";
    }

    @Override
    public Set<String> types() {
        return Set.of(NEWS);
    }

    @Override
    public Effect effect() {
        return Effect.ELSEWHERE;
    }

    @Override
    public Mono<Void> handle(DomainEvent event) {
        return Mono.defer(() -> {
            String resource =
                    JsonMapper.shared().readTree(event.data()).path("resource").asString("");
            return resource.isEmpty() ? Mono.empty() : container.post(new Container.Letter(path, headers, resource));
        });
    }
}

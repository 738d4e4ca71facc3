package io.miniplane.server.content.infrastructure;

import io.miniplane.server.content.application.Checks;
import io.miniplane.server.identity.UserDeleted;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandler;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Forgets the checks of users whose accounts are over. */
final class DeletedAuthors implements EventHandler {

    private final Checks checks;

    DeletedAuthors(Checks checks) {
        this.checks = checks;
    }

    @Override
    public String queue() {
        return "content.deleted-authors";
    }

    @Override
    public Set<String> types() {
        return Set.of(UserDeleted.TYPE);
    }

    @Override
    public Mono<Void> handle(DomainEvent event) {
        return checks.forget(UserDeleted.of(event).userId());
    }
}

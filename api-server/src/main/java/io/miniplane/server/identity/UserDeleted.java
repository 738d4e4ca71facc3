package io.miniplane.server.identity;

import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.DomainEvent.Aggregate;
import io.miniplane.server.platform.security.UserId;
import java.util.UUID;

/**
 * An account is over, by its user, by staff or by WeChat. What {@code identity} keeps of the user is shredded already; whoever else keeps something
 * of theirs forgets it.
 *
 * @param userId whose account it was
 */
public record UserDeleted(UserId userId) {

    /** The type of the event. */
    public static final String TYPE = "user.deleted";

    private static final String USER = "user";

    /** What an event of this type says. */
    public static UserDeleted of(DomainEvent event) {
        return new UserDeleted(new UserId(UUID.fromString(event.aggregate().id())));
    }

    /** The event of now. */
    public DomainEvent event() {
        return DomainEvent.of(TYPE, new Aggregate(USER, userId.toString()), "{\"userId\":\"" + userId + "\"}");
    }
}

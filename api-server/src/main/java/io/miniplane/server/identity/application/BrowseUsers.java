package io.miniplane.server.identity.application;

import io.miniplane.server.identity.application.KnownUsers.Query;
import io.miniplane.server.identity.domain.KnownUser;
import io.miniplane.server.platform.audit.StaffAccess;
import java.util.List;
import reactor.core.publisher.Mono;

/** Shows staff the users, part by part. */
public final class BrowseUsers {

    private final KnownUsers users;

    /** Reads from the users that are kept. */
    public BrowseUsers(KnownUsers users) {
        this.users = users;
    }

    /** The users, the newest first, one more than the part holds where there are more. */
    public Mono<List<KnownUser>> browse(Query query, StaffAccess access) {
        return users.list(query, access);
    }
}

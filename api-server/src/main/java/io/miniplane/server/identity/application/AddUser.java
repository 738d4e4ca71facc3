package io.miniplane.server.identity.application;

import io.miniplane.server.identity.application.KnownUsers.Newcomer;
import io.miniplane.server.identity.domain.KnownUser;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.audit.StaffAccess;
import io.miniplane.server.platform.security.UserId;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Makes a user known who has not logged in yet; their first login finds the account. */
public final class AddUser {

    private static final ErrorCode KNOWN = new ErrorCode(40921);

    private final KnownUsers users;
    private final Supplier<UUID> ids;

    /** Takes ids from the given source, which makes UUIDs of version 7. */
    public AddUser(KnownUsers users, Supplier<UUID> ids) {
        this.users = users;
        this.ids = ids;
    }

    /** The new user; 40921 where the openid is known. */
    public Mono<KnownUser> add(Newcomer newcomer, StaffAccess access) {
        return users.add(new UserId(ids.get()), newcomer, access).switchIfEmpty(Mono.error(() -> new Failure(KNOWN)));
    }
}

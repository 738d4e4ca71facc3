package io.miniplane.server.feature.application;

import io.miniplane.server.feature.Features;
import io.miniplane.server.feature.application.Flags.Setting;
import io.miniplane.server.identity.UsersAtWechat;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.UserId;
import java.util.List;
import reactor.core.publisher.Mono;

/** Asks the flags in the name of a user. */
public final class AskFlags implements Features {

    private static final ErrorCode SESSION_ENDED = new ErrorCode(40104);
    private static final String NOBODY = "";

    private final Flags flags;
    private final UsersAtWechat users;

    /** Asks these flags about these users. */
    public AskFlags(Flags flags, UsersAtWechat users) {
        this.flags = flags;
        this.users = users;
    }

    @Override
    public Mono<Boolean> isOn(UserId user, String feature) {
        return Mono.defer(() -> flags.picksUsers(feature)
                ? users.openId(user)
                        .flatMap(openId -> flags.isOn(feature, openId))
                        .defaultIfEmpty(false)
                : flags.isOn(feature, NOBODY));
    }

    /** All flags as they are for a user, in order of name; 40104 where the account is gone. */
    public Mono<List<Setting>> all(UserId user) {
        return users.openId(user)
                .switchIfEmpty(Mono.error(() -> new Failure(SESSION_ENDED)))
                .flatMap(openId -> flags.all(openId).collectList());
    }
}

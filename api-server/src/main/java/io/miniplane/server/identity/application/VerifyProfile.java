package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.identity.domain.User;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.wechat.EncryptedUserData;
import io.miniplane.server.wechat.SignedUserData;
import io.miniplane.server.wechat.UserData;
import io.miniplane.server.wechat.UserDataRefused;
import io.miniplane.server.wechat.UserDataRule;
import reactor.core.publisher.Mono;

/** Takes over the profile that a user has at WeChat, once it is proven to be theirs. */
public final class VerifyProfile {

    private static final ErrorCode SESSION_ENDED = new ErrorCode(40104);

    private final UserDataRule rule;
    private final Sessions sessions;
    private final Users users;

    /** Takes encrypted data by the rule. */
    public VerifyProfile(UserDataRule rule, Sessions sessions, Users users) {
        this.rule = rule;
        this.sessions = sessions;
        this.users = users;
    }

    /**
     * Checks both forms of the profile against the session key of the caller's session, against each other and against the caller.
     *
     * @return the user with the new profile, or a failure: {@link UserDataRefused}, 40104 the session has ended
     */
    public Mono<User> verify(Caller.User caller, SignedUserData plain, EncryptedUserData encrypted) {
        return sessions.wechatIdentity(caller.userId(), caller.sessionId())
                .switchIfEmpty(Mono.error(() -> new Failure(SESSION_ENDED)))
                .map(identity -> proven(identity, plain, encrypted))
                .flatMap(data -> users.verifyProfile(
                        caller.userId(), profile(data), data.unionId().orElse(null)))
                .switchIfEmpty(ReadProfile.gone());
    }

    private UserData proven(WechatIdentity identity, SignedUserData plain, EncryptedUserData encrypted) {
        UserData signed = plain.open(identity.sessionKey());
        UserData opened = encrypted.open(identity.sessionKey(), rule);
        boolean theirs = opened.openId().map(identity.openId()::equals).orElse(true);
        if (!theirs || !opened.tellsTheSameProfileAs(signed)) {
            throw UserDataRefused.notTheirs();
        }
        return opened;
    }

    private static Profile profile(UserData data) {
        return Profile.ofWechat(
                data.text("nickName").orElse(""),
                data.text("avatarUrl").orElse(""),
                data.text("language").orElse(""));
    }
}

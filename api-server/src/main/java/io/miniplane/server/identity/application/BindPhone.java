package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.Phone;
import io.miniplane.server.identity.domain.User;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.wechat.EncryptedUserData;
import io.miniplane.server.wechat.PhoneNumber;
import io.miniplane.server.wechat.UserDataRefused;
import io.miniplane.server.wechat.UserDataRule;
import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.server.wechat.WechatPhone;
import reactor.core.publisher.Mono;

/** Binds the phone number that WeChat vouches for to a user's own account, and unbinds it. */
public final class BindPhone {

    private static final ErrorCode PHONE_CODE_REJECTED = new ErrorCode(40033);
    private static final ErrorCode SESSION_ENDED = new ErrorCode(40104);

    private final WechatPhone wechat;
    private final UserDataRule rule;
    private final Sessions sessions;
    private final Users users;

    /** Takes encrypted data by the rule. */
    public BindPhone(WechatPhone wechat, UserDataRule rule, Sessions sessions, Users users) {
        this.wechat = wechat;
        this.rule = rule;
        this.sessions = sessions;
        this.users = users;
    }

    /**
     * Binds the number behind a code of the phone number button.
     *
     * @return the user, or a failure: 40033 the code is no good or of another user, 40104 the session has ended, or one of the {@code wechat} module
     */
    public Mono<User> byCode(Caller.User caller, String phoneCode) {
        return identity(caller)
                .flatMap(identity -> wechat.exchange(phoneCode, identity.openId()))
                .onErrorMap(WechatFailure.CodeRejected.class, rejected -> new Failure(PHONE_CODE_REJECTED))
                .flatMap(number -> bind(caller.userId(), number));
    }

    /**
     * Binds the number in data that the session key of the caller's session opens.
     *
     * @return the user, or a failure: {@link UserDataRefused}, 40104 the session has ended
     */
    public Mono<User> byData(Caller.User caller, EncryptedUserData data) {
        return identity(caller)
                .map(identity ->
                        data.open(identity.sessionKey(), rule).phoneNumber().orElseThrow(UserDataRefused::notTheirs))
                .flatMap(number -> bind(caller.userId(), number));
    }

    /** Forgets the number; the user without it, or 40104 where the account was deleted a moment ago. */
    public Mono<User> unbind(UserId id) {
        return users.unbindPhone(id).switchIfEmpty(ReadProfile.gone());
    }

    private Mono<WechatIdentity> identity(Caller.User caller) {
        return sessions.wechatIdentity(caller.userId(), caller.sessionId())
                .switchIfEmpty(Mono.error(() -> new Failure(SESSION_ENDED)));
    }

    private Mono<User> bind(UserId id, PhoneNumber number) {
        return users.bindPhone(id, phone(number)).switchIfEmpty(ReadProfile.gone());
    }

    private static Phone phone(PhoneNumber number) {
        try {
            return new Phone(number.countryCode(), number.number());
        } catch (IllegalArgumentException e) {
            throw new WechatFailure.Unintelligible("WeChat tells a phone number that is none");
        }
    }
}

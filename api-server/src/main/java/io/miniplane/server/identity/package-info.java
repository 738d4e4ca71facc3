/**
 * Users of the mini-program: login, sessions, tokens, the profile they keep, and the phone number that WeChat vouches for. Everything about a user
 * that is personal goes with their account, the openid and the unionid too: one names them here, the other in every app of the same owner, and both
 * stay with us and staff.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform",
            "platform::audit",
            "platform::crypto",
            "platform::events",
            "platform::security",
            "wechat"
        })
package io.miniplane.server.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

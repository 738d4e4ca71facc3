/** Users of the mini-program: login, sessions, tokens, and the profile they keep. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"platform", "platform::audit", "platform::crypto", "platform::security", "wechat"})
package io.miniplane.server.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

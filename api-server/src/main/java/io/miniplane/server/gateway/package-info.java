/** What stands between the mini-program, WeChat and the team's own container, which runs beside this server. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform",
            "platform::crypto",
            "platform::events",
            "platform::security",
            "platform::tracing",
            "wechat",
            "identity"
        })
package io.miniplane.server.gateway;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

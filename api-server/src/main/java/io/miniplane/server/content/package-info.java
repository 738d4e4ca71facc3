/**
 * Whether what users write and upload may be shown. WeChat judges, so the calls are in {@code wechat}; but it wants to know the author by openid,
 * which {@code identity} keeps and {@code wechat} must not depend on, and a verdict on a picture comes later and has an owner. So it is a module of
 * its own.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform",
            "platform::crypto",
            "platform::events",
            "platform::security",
            "wechat",
            "identity"
        })
package io.miniplane.server.content;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

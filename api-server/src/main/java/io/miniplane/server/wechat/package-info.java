/** Everything that speaks to WeChat or listens to it: login, phone numbers, the access token, pushed messages. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform", "platform::events", "platform::security"})
package io.miniplane.server.wechat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** Everything that speaks to WeChat's servers: login, phone numbers, the access token. */
@NullMarked
@ApplicationModule(allowedDependencies = "platform")
package io.miniplane.server.wechat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

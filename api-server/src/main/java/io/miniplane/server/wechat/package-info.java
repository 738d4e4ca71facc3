/** Everything that speaks to WeChat's servers. */
@NullMarked
@ApplicationModule(allowedDependencies = "platform")
package io.miniplane.server.wechat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

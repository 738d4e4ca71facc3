/**
 * Tells buyers how their orders go, by the subscribe messages that they agreed to. Orders say what happened, {@code identity} keeps the openid under
 * which WeChat knows a buyer, and {@code wechat} sends.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"platform", "platform::events", "platform::security", "wechat", "identity", "order"})
package io.miniplane.server.notification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * What is sold and how much of it there is. Products and prices are always ours; the stock may be kept by a service of the team instead, which is
 * then asked over HTTP.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform", "platform::events", "platform::security"})
package io.miniplane.server.inventory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

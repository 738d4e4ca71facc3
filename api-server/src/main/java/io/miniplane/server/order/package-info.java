/**
 * Orders: what was ordered, how far it has come, and the rules by which it goes on. Others hear of it by events, payment tells what was paid through
 * {@link io.miniplane.server.order.PaymentSettlement}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform", "platform::events", "platform::security", "inventory", "feature"})
package io.miniplane.server.order;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

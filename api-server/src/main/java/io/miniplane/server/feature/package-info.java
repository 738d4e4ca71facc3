/**
 * Which features are on for whom. The flags stand in a file that is read again when it changes; a user is in by the openid, so that it is the same on
 * every server, and {@code identity} keeps it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform", "platform::security", "identity"})
package io.miniplane.server.feature;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

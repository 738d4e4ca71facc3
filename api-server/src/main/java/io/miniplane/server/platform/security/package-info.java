/** Who calls: the authenticated caller, the ids and roles it carries, and the chain that lets nobody else through. */
@NullMarked
@NamedInterface("security")
package io.miniplane.server.platform.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

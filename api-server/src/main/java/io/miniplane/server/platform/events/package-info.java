/**
 * Events: what a use case writes beside its effect, and what others do about it afterwards. PostgreSQL carries them today; writers and handlers
 * know nothing of the carrier.
 */
@NullMarked
@NamedInterface("events")
package io.miniplane.server.platform.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

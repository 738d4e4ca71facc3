/** PostgreSQL and the team's own service behind the ports, what expires, and the wiring. */
@NullMarked
package io.miniplane.server.inventory.infrastructure;

import org.jspecify.annotations.NullMarked;

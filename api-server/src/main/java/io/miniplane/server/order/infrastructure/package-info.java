/** PostgreSQL behind the port, what is done about events and by the clock, and the wiring. */
@NullMarked
package io.miniplane.server.order.infrastructure;

import org.jspecify.annotations.NullMarked;

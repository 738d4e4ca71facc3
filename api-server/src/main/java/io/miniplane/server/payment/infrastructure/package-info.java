/** Payments in PostgreSQL, their events and the tasks around them. */
@NullMarked
package io.miniplane.server.payment.infrastructure;

import org.jspecify.annotations.NullMarked;

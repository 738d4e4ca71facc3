/** PostgreSQL, tokens and revocation behind the ports, and the wiring. */
@NullMarked
package io.miniplane.server.identity.infrastructure;

import org.jspecify.annotations.NullMarked;

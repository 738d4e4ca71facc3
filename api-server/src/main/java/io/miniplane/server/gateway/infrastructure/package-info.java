/** How the container is reached, and where its events are kept. */
@NullMarked
package io.miniplane.server.gateway.infrastructure;

import org.jspecify.annotations.NullMarked;

/** What can be seen from outside: metrics, traces, the access line, and the port where the cluster asks how we are. */
@NullMarked
package io.miniplane.server.platform.observability;

import org.jspecify.annotations.NullMarked;

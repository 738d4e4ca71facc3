/** How calls come in and replies go out: routes, error codes, faults and the log of requests. */
@NullMarked
package io.miniplane.simulator.http;

import org.jspecify.annotations.NullMarked;

/** A stand-in for the servers of WeChat, for tests and trials. */
@NullMarked
package io.miniplane.simulator;

import org.jspecify.annotations.NullMarked;

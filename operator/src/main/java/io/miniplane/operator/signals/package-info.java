/** What the servers of a backend tell of themselves, and what is decided by it. */
@NullMarked
package io.miniplane.operator.signals;

import org.jspecify.annotations.NullMarked;

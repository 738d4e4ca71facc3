/** The operator's program. */
@NullMarked
package io.miniplane.operator;

import org.jspecify.annotations.NullMarked;

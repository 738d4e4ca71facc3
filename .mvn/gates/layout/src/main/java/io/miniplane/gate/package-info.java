@NullMarked
package io.miniplane.gate;

import org.jspecify.annotations.NullMarked;

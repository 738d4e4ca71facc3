/** Replaces the keys of backends, in phases between which every pod has to follow. */
@NullMarked
package io.miniplane.operator.rotation;

import org.jspecify.annotations.NullMarked;

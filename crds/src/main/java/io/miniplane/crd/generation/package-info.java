/** Writes the CustomResourceDefinition while Miniplane is built; not used at run time. */
@NullMarked
package io.miniplane.crd.generation;

import org.jspecify.annotations.NullMarked;

/** The custom resource {@code MiniProgramBackend}, version {@code miniplane.io/v1alpha1}. */
@NullMarked
package io.miniplane.crd.v1alpha1;

import org.jspecify.annotations.NullMarked;

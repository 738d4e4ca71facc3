/** The Kubernetes objects of one backend: what each looks like and how it is kept that way. */
@NullMarked
package io.miniplane.operator.objects;

import org.jspecify.annotations.NullMarked;

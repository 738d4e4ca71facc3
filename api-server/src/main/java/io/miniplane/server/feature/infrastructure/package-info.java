/** The flag file, flagd's evaluation of it behind OpenFeature, and what is noted of it. */
@NullMarked
package io.miniplane.server.feature.infrastructure;

import org.jspecify.annotations.NullMarked;

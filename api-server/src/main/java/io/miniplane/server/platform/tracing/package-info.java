/** Traces: what spans are called, what they say and what they never say, and how they reach a collector without holding anything up. */
@NullMarked
@NamedInterface("tracing")
package io.miniplane.server.platform.tracing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

package io.miniplane.operator.signals;

import java.net.URI;

/**
 * Where a pod tells of itself.
 *
 * @param pod its name
 * @param uri its signals
 * @param terminating whether it is about to go; it still works on what it has begun
 */
record PodAddress(String pod, URI uri, boolean terminating) {}

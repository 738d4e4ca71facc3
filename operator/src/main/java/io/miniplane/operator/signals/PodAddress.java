package io.miniplane.operator.signals;

import java.net.URI;

/**
 * Where a pod tells of itself.
 *
 * @param pod its name
 * @param uri its signals
 */
record PodAddress(String pod, URI uri) {}

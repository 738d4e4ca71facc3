/** The port inside the pod, and the addresses that are closed to the public. */
@NullMarked
package io.miniplane.server.gateway.web;

import org.jspecify.annotations.NullMarked;

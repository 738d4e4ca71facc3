/** The chain that every request passes and the one place that turns an error into an answer. */
@NullMarked
package io.miniplane.server.platform.web;

import org.jspecify.annotations.NullMarked;

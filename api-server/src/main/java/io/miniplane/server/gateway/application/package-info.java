/** What is done for the container. */
@NullMarked
package io.miniplane.server.gateway.application;

import org.jspecify.annotations.NullMarked;

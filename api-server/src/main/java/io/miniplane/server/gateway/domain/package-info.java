/** What the container may ask for, and how its events are told apart. */
@NullMarked
package io.miniplane.server.gateway.domain;

import org.jspecify.annotations.NullMarked;

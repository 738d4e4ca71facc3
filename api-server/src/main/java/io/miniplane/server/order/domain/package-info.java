/** The order and its rules, in plain Java. */
@NullMarked
package io.miniplane.server.order.domain;

import org.jspecify.annotations.NullMarked;

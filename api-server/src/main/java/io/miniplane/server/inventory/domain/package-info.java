/** Products, counts and what an order wants, in plain Java. */
@NullMarked
package io.miniplane.server.inventory.domain;

import org.jspecify.annotations.NullMarked;

/** The HTTP face: routes, request checks and answers. */
@NullMarked
package io.miniplane.server.order.web;

import org.jspecify.annotations.NullMarked;

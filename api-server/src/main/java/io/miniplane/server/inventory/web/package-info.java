/** The HTTP face: routes, request checks and answers. */
@NullMarked
package io.miniplane.server.inventory.web;

import org.jspecify.annotations.NullMarked;

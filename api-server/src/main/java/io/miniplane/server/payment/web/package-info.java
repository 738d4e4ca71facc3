/** The HTTP face: routes, request checks and answers. */
@NullMarked
package io.miniplane.server.payment.web;

import org.jspecify.annotations.NullMarked;

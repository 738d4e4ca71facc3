/** The HTTP face: routes, request checks and answers. */
@NullMarked
package io.miniplane.server.identity.web;

import org.jspecify.annotations.NullMarked;

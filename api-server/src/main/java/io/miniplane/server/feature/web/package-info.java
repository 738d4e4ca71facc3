/** The HTTP face of the flags. */
@NullMarked
package io.miniplane.server.feature.web;

import org.jspecify.annotations.NullMarked;

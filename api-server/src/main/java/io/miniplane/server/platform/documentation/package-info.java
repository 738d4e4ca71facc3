/** The description of the HTTP API, for programs and for people. */
@NullMarked
package io.miniplane.server.platform.documentation;

import org.jspecify.annotations.NullMarked;

/** The start of the program, and the sentence that says why it could not start. */
@NullMarked
package io.miniplane.server.platform.startup;

import org.jspecify.annotations.NullMarked;

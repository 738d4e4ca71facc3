/** What a person who looks after a backend wants to see when it is unwell: everything that one process knows of itself, and no secret. */
@NullMarked
package io.miniplane.server.platform.diagnostics;

import org.jspecify.annotations.NullMarked;

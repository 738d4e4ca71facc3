/** The API server's program; each direct sub-package is a module whose base package is its public face. */
@NullMarked
package io.miniplane.server;

import org.jspecify.annotations.NullMarked;

/** The rules of sessions and profiles, free of frameworks. */
@NullMarked
package io.miniplane.server.identity.domain;

import org.jspecify.annotations.NullMarked;

/** PostgreSQL behind the port, the verdicts that WeChat pushes, and the wiring. */
@NullMarked
package io.miniplane.server.content.infrastructure;

import org.jspecify.annotations.NullMarked;

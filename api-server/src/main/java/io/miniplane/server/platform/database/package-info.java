/** The way to PostgreSQL: settings, pool, migration at the start, and whether it can be reached. */
@NullMarked
package io.miniplane.server.platform.database;

import org.jspecify.annotations.NullMarked;

/** The sums in SQL, where reports are kept, and the task. */
@NullMarked
package io.miniplane.server.report.infrastructure;

import org.jspecify.annotations.NullMarked;

/** What a report says, and how it is written as a table. */
@NullMarked
package io.miniplane.server.report.domain;

import org.jspecify.annotations.NullMarked;

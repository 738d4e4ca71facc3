/** Making and reading reports, and the ports that they need. */
@NullMarked
package io.miniplane.server.report.application;

import org.jspecify.annotations.NullMarked;

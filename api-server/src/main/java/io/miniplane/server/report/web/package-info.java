/** The HTTP face of the reports. */
@NullMarked
package io.miniplane.server.report.web;

import org.jspecify.annotations.NullMarked;

/**
 * What staff wants to know about a month. It reads the tables of other modules, needs none of their code, and nobody needs it: reports are sums in
 * SQL, made by a task and kept.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform", "platform::security", "platform::tasks"})
package io.miniplane.server.report;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

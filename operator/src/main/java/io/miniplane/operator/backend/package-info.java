/** The control loop of {@code MiniProgramBackend}: what it reads, decides and reports. */
@NullMarked
package io.miniplane.operator.backend;

import org.jspecify.annotations.NullMarked;

/** Work that the program does once, without a web server, and then ends: {@code --task=<name>}. */
@NullMarked
@NamedInterface("tasks")
package io.miniplane.server.platform.tasks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

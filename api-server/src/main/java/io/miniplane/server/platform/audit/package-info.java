/** The log of who of the staff has seen or changed whose personal data: written with the access itself, append-only. */
@NullMarked
@NamedInterface("audit")
package io.miniplane.server.platform.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

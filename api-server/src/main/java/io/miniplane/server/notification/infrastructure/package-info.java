/** Settings, the queue of what is to be told, and the notes of what was. */
@NullMarked
package io.miniplane.server.notification.infrastructure;

import org.jspecify.annotations.NullMarked;

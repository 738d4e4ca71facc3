/** What whoever runs this server decides by: its traffic, its queues, its keys, and how what it stands on is doing. */
@NullMarked
package io.miniplane.server.platform.signals;

import org.jspecify.annotations.NullMarked;

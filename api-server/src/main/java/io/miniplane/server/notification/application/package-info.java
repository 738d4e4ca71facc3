/** What is told, to whom, and how often at most. */
@NullMarked
package io.miniplane.server.notification.application;

import org.jspecify.annotations.NullMarked;

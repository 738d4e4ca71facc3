/** What can be asked about features, and the port to the flags. */
@NullMarked
package io.miniplane.server.feature.application;

import org.jspecify.annotations.NullMarked;

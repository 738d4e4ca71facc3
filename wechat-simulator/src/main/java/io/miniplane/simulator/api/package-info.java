/** The endpoints of WeChat, one class per family. */
@NullMarked
package io.miniplane.simulator.api;

import org.jspecify.annotations.NullMarked;

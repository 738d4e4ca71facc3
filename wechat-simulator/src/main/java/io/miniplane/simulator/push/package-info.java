/** What WeChat sends to a server by itself: messages and events, signed and enciphered, delivered again when they are not taken. */
@NullMarked
package io.miniplane.simulator.push;

import org.jspecify.annotations.NullMarked;

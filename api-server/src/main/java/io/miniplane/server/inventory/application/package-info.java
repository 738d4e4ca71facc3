/** What can be done with products and their stock, one class per act, and the ports they need. */
@NullMarked
package io.miniplane.server.inventory.application;

import org.jspecify.annotations.NullMarked;

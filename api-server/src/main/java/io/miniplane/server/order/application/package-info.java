/** What can be done with orders, one class per act, and the port it needs. */
@NullMarked
package io.miniplane.server.order.application;

import org.jspecify.annotations.NullMarked;

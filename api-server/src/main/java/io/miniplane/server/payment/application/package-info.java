/** What can be done, one class per act, and the ports it needs. */
@NullMarked
package io.miniplane.server.payment.application;

import org.jspecify.annotations.NullMarked;

/** The rules of payments and refunds. */
@NullMarked
package io.miniplane.server.payment.domain;

import org.jspecify.annotations.NullMarked;

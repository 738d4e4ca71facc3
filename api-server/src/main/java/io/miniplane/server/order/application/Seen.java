package io.miniplane.server.order.application;

import io.miniplane.server.order.domain.Order;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What a person saw of an order before they changed it.
 *
 * @param version which version of it, or null where they do not say
 */
public record Seen(@Nullable Long version) {

    private static final ErrorCode STALE = new ErrorCode(40931);

    /**
     * The order, if it is what they saw.
     *
     * @throws Failure 40931 when it has changed since
     */
    Order require(Order order) {
        if (version != null && version != order.version()) {
            throw new Failure(STALE);
        }
        return order;
    }
}
